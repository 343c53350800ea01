/** Why a text is not a document, with a stable code, the place, and what can be done. */
export interface DocumentError {
  readonly code:
    | 'E_EMPTY'
    | 'E_TRUNCATED'
    | 'E_ZEROED'
    | 'E_ENCODING'
    | 'E_MERGE'
    | 'E_JSON'
    | 'E_TOO_BIG'
    | 'E_TOO_DEEP'
    | 'E_TOO_MANY'
    | 'E_NOT_PROJECT'
    | 'E_NEWER'
    | 'E_FIELD'
    | 'E_DUP_ID';
  readonly message: string;
  readonly fix?: string;
}

export function documentError(code: DocumentError['code'], message: string, fix?: string): DocumentError {
  return { code, message, ...(fix === undefined ? {} : { fix }) };
}
