/** Generates load in a worker thread: sends requests over open connections at the rate of the responses. */

import {Agent, request} from 'node:http';
import {parentPort, workerData} from 'node:worker_threads';

/** A request that was prepared before the measurement. */
export interface Prepared {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The input of the thread. */
export interface LoadGiven {
  readonly port: number;
  readonly connections: number;
}

/** The thread's result for a list of requests. */
export interface LoadTaken {
  readonly ms: number;
  /** How many got a response other than 2xx. */
  readonly refused: number;
}

const {port, connections} = workerData as LoadGiven;
const agent = new Agent({keepAlive: true, maxSockets: connections});

function ask({path, headers, body}: Prepared): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = {...headers, 'content-length': String(Buffer.byteLength(body))};
    request({port, host: '127.0.0.1', path, method: 'POST', headers: sent, agent}, response => {
      response.resume();
      response.on('end', () => resolve((response.statusCode ?? 0) < 300));
    })
      .on('error', reject)
      .end(body);
  });
}

parentPort?.on('message', (waiting: Prepared[]) => {
  void (async () => {
    let refused = 0;
    let next = 0;
    const began = performance.now();
    const work = async () => {
      for (let each = waiting[next++]; each; each = waiting[next++])
        if (!(await ask(each))) refused += 1;
    };
    await Promise.all(Array.from({length: connections}, work));
    parentPort?.postMessage({ms: performance.now() - began, refused} satisfies LoadTaken);
  })();
});
