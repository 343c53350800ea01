import { readJson } from '../../shared/document/scanText';
import { settings as settingsSchema, type Settings } from '../../shared/rpc/contract';

export interface SettingsProblem {
  /** The field's name; null where the whole file is meant. */
  readonly field: string | null;
  readonly message: string;
}

export type ReadSettings =
  | {
      readonly kind: 'read';
      readonly settings: Settings;
      readonly problems: readonly SettingsProblem[];
      /** All that the file says, what does not fit included. */
      readonly raw: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'damaged'; readonly message: string };

/** More than any settings need; a larger file is somebody's mistake. */
const MOST = 1024 * 1024;

/** The settings of a file, field by field, so that one bad line costs one setting. */
export function readSettings(text: string): ReadSettings {
  if (text.length > MOST) return { kind: 'damaged', message: 'settings.json is larger than 1 MiB.' };
  const raw = parsedObject(text);
  if (typeof raw === 'string') return { kind: 'damaged', message: raw };
  const fitting: [string, unknown][] = [];
  const problems: SettingsProblem[] = [];
  for (const [field, value] of Object.entries(raw)) {
    const message = Object.hasOwn(settingsSchema.shape, field) ? problemOf(field, value) : `There is no setting “${field}”.`;
    if (message === undefined) fitting.push([field, value]);
    else problems.push({ field, message });
  }
  return { kind: 'read', settings: settingsSchema.parse(Object.fromEntries(fitting)), problems, raw };
}

/** Keys such as `__proto__` stay what they are: a record of its own holds them. */
function parsedObject(text: string): Readonly<Record<string, unknown>> | string {
  const read = readJson(text);
  if (!read.ok) return read.error.message.replace('The file', 'settings.json');
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'settings.json does not hold an object { … }.';
  return value as Readonly<Record<string, unknown>>;
}

function problemOf(field: string, value: unknown): string | undefined {
  const checked = settingsSchema.safeParse({ [field]: value });
  if (checked.success) return undefined;
  const issue = checked.error.issues[0];
  const where = issue?.path.join('.') ?? field;
  const options = issue?.code === 'invalid_value' ? issue.values.map((each) => `"${String(each)}"`).join(', ') : undefined;
  const expected = options ? `Expected ${options}.` : `${issue?.message ?? 'It does not fit'}.`;
  return `“${where}” is ${shortly(value)}. ${expected} The default is used.`;
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
