/**
 * Runs Web Test Runner's sessions in WebKitGTK: starts an X server of its own and WebKit's driver,
 * and speaks WebDriver over plain HTTP.
 */

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {createServer} from 'node:net';

const miniBrowser = ['x86_64', 'aarch64']
  .map(machine => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`)
  .find(path => existsSync(path));

const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Where an X server lays the pointer: in the middle. */
const pointer = {x: 1500, y: 1000};

async function startDisplay() {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${2 * pointer.x}x${2 * pointer.y}x24`, '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const [number] = await once(server.stdio[3], 'data');
  return {server, display: `:${String(number).trim()}`};
}

/** Starts WebKit's driver; `end()` stops everything that was started. */
export async function startWebKit() {
  if (!miniBrowser) throw new Error('MiniBrowser is missing: apt-get install webkit2gtk-driver');
  const {server, display} = await startDisplay();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display,
      NO_AT_BRIDGE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });
  const base = `http://127.0.0.1:${port}`;
  const call = async (method, path, body) => {
    const response = await fetch(base + path, {
      method,
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
    const {value} = await response.json();
    if (!response.ok) throw new Error(`WebKitWebDriver ${path}: ${value?.message}`);
    return value;
  };
  for (let tries = 0; ; tries += 1) {
    try {
      await call('GET', '/status');
      break;
    } catch (error) {
      if (tries > 50) throw error;
      await wait(200);
    }
  }
  const {sessionId} = await call('POST', '/session', {
    capabilities: {
      alwaysMatch: {'webkitgtk:browserOptions': {binary: miniBrowser, args: ['--automation']}},
    },
  });
  const session = `/session/${sessionId}`;
  const command = (method, path, body) => call(method, session + path, body);
  // Without a window manager the focus is where the pointer is: in the tool bar, or small windows had none.
  const at = {x: pointer.x - 100, y: pointer.y - 10};
  const resizeWindow = (width, height) => command('POST', '/window/rect', {...at, width, height});
  const inside = () =>
    command('POST', '/execute/sync', {
      script: 'return [innerWidth, innerHeight]',
      args: [],
    });
  /** The size of the page, once it has stopped changing. */
  const settled = async () => {
    for (let now = await inside(), then; ; now = then) {
      await wait(50);
      then = await inside();
      if (String(now) === String(then)) return now;
    }
  };
  return {
    command,
    resizeWindow,
    /** The window is as much larger as its frame and tool bar are; a page hears of it some time later. */
    async setViewportSize({width, height}) {
      let before = '';
      for (let tries = 0; tries < 5; tries += 1) {
        const now = await settled();
        if ((now[0] === width && now[1] === height) || String(now) === before) return;
        before = String(now);
        const frame = await command('GET', '/window/rect');
        await resizeWindow(frame.width + width - now[0], frame.height + height - now[1]);
        for (let n = 0; n < 20 && String(await inside()) === before; n += 1) await wait(50);
      }
    },
    async end() {
      await call('DELETE', session).catch(() => {});
      driver.kill();
      server.kill();
    },
  };
}

const keys = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Escape: '\uE00C',
  Space: ' ',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};
const keyOf = name => keys[name] ?? name;

/** A launcher for Web Test Runner. */
export function webkitLauncher() {
  let browser;
  const open = new Set();
  const tap = name => ['keyDown', 'keyUp'].map(type => ({type, value: keyOf(name)}));
  const press = actions =>
    browser.command('POST', '/actions', {actions: [{type: 'key', id: 'keyboard', actions}]});
  return {
    name: 'WebKitGTK',
    type: 'playwright',
    concurrency: 1,
    async initialize() {
      browser = await startWebKit();
    },
    async startSession(id, url) {
      open.add(id);
      await browser.resizeWindow(1000, 800);
      await browser.command('POST', '/url', {url});
    },
    isActive: id => open.has(id),
    getBrowserUrl: () => undefined,
    async stopSession(id) {
      open.delete(id);
      await browser.command('POST', '/url', {url: 'about:blank'});
      return {};
    },
    /** As much of a Playwright page as the runner's commands ask for. */
    getPage: () => ({
      keyboard: {
        type: text => press([...text].flatMap(value => tap(value))),
        press: name => press(tap(name)),
        down: name => press([{type: 'keyDown', value: keyOf(name)}]),
        up: name => press([{type: 'keyUp', value: keyOf(name)}]),
      },
      setViewportSize: size => browser.setViewportSize(size),
    }),
    async stop() {
      await browser?.end();
    },
  };
}
