import { RpcError } from '../../shared/rpc/messages';

/** A plain file name that every system takes. */
export function checkedName(name: string): string {
  const bad = [...name].find((character) => '/\\:*?"<>|'.includes(character) || character < ' ');
  if (bad !== undefined)
    throw new RpcError('E_NAME', `A file name cannot have the character ${JSON.stringify(bad)}.`, 'Choose another name.');
  const stem = name.split('.')[0] ?? '';
  if (name === '' || /[. ]$/.test(name) || name.startsWith('..') || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem)) {
    throw new RpcError('E_NAME', `"${name.slice(0, 60)}" is not a name that every system takes.`, 'Choose another name.');
  }
  if (Buffer.byteLength(name) > 200) throw new RpcError('E_NAME', 'The name is too long.', 'Choose a shorter one.');
  return name;
}
