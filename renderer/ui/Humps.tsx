import { Fragment } from 'react';

/** A name in camel case, which may go on in the next line before each of its humps. */
export function Humps({ text }: { readonly text: string }) {
  return text.split(/(?=[A-Z][a-z])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
