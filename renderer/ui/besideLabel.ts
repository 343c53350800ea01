/** A control beside its label; under it where text is so large, or the panel so narrow, that there is no room. */
export const besideLabel = 'flex min-w-0 flex-1 basis-[6.5rem] gap-2';
