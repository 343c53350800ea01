/** A program that does not fit together: the fault of a layer or of the compiler, never of a user. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}
