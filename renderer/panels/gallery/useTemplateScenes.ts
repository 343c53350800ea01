import { useEffect, useState } from 'react';
import { templates } from '../../../shared/blocks/templates/index';
import { buildTemplate, type Template } from '../../../shared/blocks/templates/template';
import type { Steps } from '../../../shared/diagnose/steps';
import { analyze } from '../../../shared/infer/analyze';
import { sceneOf } from '../../../shared/picture/scene';
import { inSlices } from '../../state/inSlices';
import type { Drawn } from './NetworkPicture';

/** No more of a network is kept than its drawing. */
const known = new Map<Template, Drawn>();

/** The drawings of all known networks, one after the other while the page has nothing else to do; made once. */
export function useTemplateScenes(): ReadonlyMap<Template, Drawn> {
  const [scenes, setScenes] = useState<ReadonlyMap<Template, Drawn>>(() => new Map(known));
  useEffect(() => {
    if (known.size === templates.length) return undefined;
    return inSlices(
      drawAll(() => setScenes(new Map(known))),
      () => undefined,
    );
  }, []);
  return scenes;
}

function* drawAll(tell: () => void): Steps<undefined> {
  for (const template of templates) {
    if (known.has(template)) continue;
    known.set(template, drawn(template));
    tell();
    yield;
  }
  return undefined;
}

function drawn(template: Template): Drawn {
  const document = buildTemplate(template, 'gallery');
  const { nodes, wires, box } = sceneOf({ document, analysis: analyze(document), graph: document.graph, prefix: '' });
  return { nodes, wires, box };
}
