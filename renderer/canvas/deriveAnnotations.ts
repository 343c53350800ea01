import type { Annotation } from '../../shared/graph/graph';
import { overlaps, type Box } from '../../shared/picture/geometry';
import { annotationFlowId } from './annotations';
import type { Positions } from './drag';
import type { AnnotationFlowNode } from './flowTypes';
import { boxOfAnnotation } from '../../shared/picture/frames';

/** Frames and notes near the view as React Flow's nodes: frames behind everything, notes among the layers. */
export function deriveAnnotations(
  annotations: Readonly<Record<string, Annotation>>,
  covered: Box,
  selected: ReadonlySet<string>,
  inFlight: Positions,
): AnnotationFlowNode[] {
  return Object.values(annotations)
    .filter((annotation) => overlaps(boxOfAnnotation(annotation), covered) || inFlight.has(annotationFlowId(annotation.id)))
    .map((annotation) => ({
      id: annotationFlowId(annotation.id),
      type: annotation.kind,
      position: inFlight.get(annotationFlowId(annotation.id)) ?? annotation.position,
      data: { annotation },
      selected: selected.has(annotation.id),
      width: annotation.size.width,
      height: annotation.size.height,
      measured: annotation.size,
      zIndex: annotation.kind === 'frame' ? -2 : 0,
      ...(annotation.kind === 'frame' ? { dragHandle: '.frame-title' } : {}),
      ariaLabel: annotation.kind === 'frame' ? `Frame ${annotation.title}` : `Note: ${annotation.text.slice(0, 80)}`,
    }));
}
