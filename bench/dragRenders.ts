import { comparisonOf, type Comparison } from './harness';
import { ladder } from './networks';
import { openInBrowser, painted } from './openedPage';

/** What is looked at of React's tree. */
interface Fiber {
  readonly flags: number;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
  readonly memoizedProps: { readonly id?: string; readonly data?: unknown; readonly source?: string; readonly selected?: boolean } | null;
}

interface Counting {
  /** Layers and wires of which React has drawn something anew, each once. */
  drawn: Set<string>;
}

/** Listens where React tells its developer tools of each commit, as it does in the built program too. */
function countDrawn(): void {
  const counting = globalThis as unknown as Counting;
  counting.drawn = new Set();
  const PERFORMED_WORK = 1;
  /** As the developer tools decide it: only below a child that is another one than before can anything have been drawn. */
  function walk(now: Fiber, before: Fiber | null): void {
    const props = now.memoizedProps;
    const isPart = props?.id !== undefined && props.data !== undefined && (props.source !== undefined || props.selected !== undefined);
    if (isPart && now !== before && (now.flags & PERFORMED_WORK) !== 0) counting.drawn.add(props.id);
    if (before && now.child === before.child) return;
    for (let child = now.child; child; child = child.sibling) walk(child, child.alternate);
  }
  (globalThis as unknown as Record<string, unknown>)['__REACT_DEVTOOLS_GLOBAL_HOOK__'] = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount: () => undefined,
    onCommitFiberRoot: (_id: number, root: { readonly current: Fiber }) => walk(root.current, root.current.alternate),
  };
}

/** Parts of a large network that are drawn while one of its layers is dragged: it and its wires, and nothing else. */
export async function dragRenders(): Promise<Comparison> {
  const { page, close } = await openInBrowser(ladder(499), countDrawn);
  try {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('@conv3');
    await page.getByRole('option', { name: 'conv3' }).first().waitFor();
    await page.keyboard.press('Enter');
    const layer = page.getByRole('group', { name: /^conv3,/ });
    await layer.waitFor();
    await painted(page);
    const box = await layer.boundingBox();
    if (!box) throw new Error('The layer is not in view.');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    // Past the threshold, so that the drag is under way.
    await page.mouse.move(x + 12, y + 12, { steps: 3 });
    await painted(page);
    await page.evaluate(() => (globalThis as unknown as Counting).drawn.clear());
    for (let move = 1; move <= 30; move += 1) await page.mouse.move(x + 12 + move * 2, y + 12 + move);
    await painted(page);
    const drawn = await page.evaluate(() => [...(globalThis as unknown as Counting).drawn]);
    await page.mouse.up();
    const own = ['conv3', 'add2-conv3-x', 'conv3-add3-inputs.0'];
    const others = drawn.filter((id) => !own.includes(id));
    if (others.length > 0) console.error(`Also drawn: ${others.slice(0, 20).join(', ')}`);
    const subject = {
      title: '1,000 layers: parts drawn anew while a layer with two wires is dragged',
      bar: { atMostTimes: 1 },
      unit: 'parts',
    } as const;
    return comparisonOf(subject, { ours: 'drawn', peer: 'the layer and its wires' }, [{ ours: drawn.length, peer: own.length }]);
  } finally {
    await close();
  }
}
