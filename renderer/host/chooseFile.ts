export interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

/** Lets the person choose a text file, in every host alike; undefined where they did not. Throws where it is too large. */
export async function chooseTextFile(accept: string, largest: number): Promise<ChosenFile | undefined> {
  const file = await new Promise<File | undefined>((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
  if (!file) return undefined;
  if (file.size > largest) {
    const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);
    throw new Error(`"${file.name}" has ${megabytes(file.size)} MB; at most ${megabytes(largest)} MB are read.`);
  }
  return { name: file.name, text: await file.text() };
}
