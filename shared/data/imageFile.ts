/** Bytes of one image's file that are read, whoever hands it over: 64 MiB. */
export const MOST_IMAGE_BYTES = 64 * 1024 * 1024;

/** Media types of the files that are read as images, in folders and alone. */
export const IMAGE_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];
