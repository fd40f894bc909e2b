/** Measures whether an appeal that leaves the page leaks memory. */

import type {Browser, CDPSession} from '@playwright/test';

/** The heap after a number of appeals were mounted and removed. */
export interface HeapSample {
  readonly cycles: number;
  readonly bytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

export interface Heap {
  readonly samples: readonly HeapSample[];
  /** The bytes that each cycle leaks after the warm-up: objects, strings and nodes, without compiled code. */
  readonly bytesPerCycle: number;
  readonly isFlat: boolean;
}

const cycles = 1000;
const step = 100;
const warm = 200;
/** Less than the smallest element needs: anything below is the engine's bookkeeping. */
const flat = 100;

/** Mounts and unmounts an open appeal repeatedly. */
export async function measureHeap(browser: Browser, origin: string): Promise<Heap> {
  const page = await browser.newPage();
  try {
    const cdp = await page.context().newCDPSession(page);
    await page.goto(`${origin}/heap`);
    await page.waitForFunction(() => customElements.get('support-appeal'));
    await cdp.send('Performance.enable');
    await cdp.send('HeapProfiler.enable');

    const samples: HeapSample[] = [];
    let before = NaN;
    for (let done = 0; done <= cycles; done += step) {
      if (done > 0) await page.evaluate(mountAndUnmount, step);
      await cdp.send('HeapProfiler.collectGarbage');
      await cdp.send('HeapProfiler.collectGarbage');
      const {metrics} = await cdp.send('Performance.getMetrics');
      const value = (name: string) => metrics.find(one => one.name === name)?.value ?? NaN;
      samples.push({
        cycles: done,
        bytes: value('JSHeapUsedSize'),
        nodes: value('Nodes'),
        listeners: value('JSEventListeners'),
      });
      if (done === warm) before = await bytesOfObjects(cdp);
    }
    const bytesPerCycle = ((await bytesOfObjects(cdp)) - before) / (cycles - warm);
    return {samples, bytesPerCycle, isFlat: bytesPerCycle < flat};
  } finally {
    await page.close();
  }
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/**
 * Resolves with the size of everything that a page can hold on to. The engine's own code and lists, which
 * grow as it compiles what runs often, are left out.
 */
async function bytesOfObjects(cdp: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const keep = ({chunk}: {readonly chunk: string}) => void chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await cdp.send('HeapProfiler.takeHeapSnapshot', {reportProgress: false});
  cdp.off('HeapProfiler.addHeapSnapshotChunk', keep);
  const {snapshot, nodes, strings} = JSON.parse(chunks.join('')) as Snapshot;
  const {
    node_fields: fields,
    node_types: [types],
  } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map(field => fields.indexOf(field));
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    const isEngines =
      ['code', 'hidden', 'synthetic'].includes(types[nodes[at + type!]!]!) ||
      strings[nodes[at + name!]!]!.startsWith('system / ');
    if (!isEngines) bytes += nodes[at + size!]!;
  }
  return bytes;
}

/** Runs in the page. */
async function mountAndUnmount(times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const appeal = document.createElement('support-appeal');
    appeal.setAttribute('open', '');
    document.querySelector('main')?.append(appeal);
    let form: Element | null | undefined;
    // The form is drawn some frames after the element.
    for (let frame = 0; frame < 60 && !form; frame++) {
      await new Promise(requestAnimationFrame);
      const ask = appeal.shadowRoot?.querySelector('support-ask');
      form = ask?.shadowRoot?.querySelector('input');
    }
    if (!form) throw new Error('expected a form to appear');
    await new Promise(requestAnimationFrame);
    appeal.remove();
  }
}
