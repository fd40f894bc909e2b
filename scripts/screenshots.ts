/** `npm run screenshots`: takes the pictures of the documentation from the gallery. Requires a build. */

import {mkdirSync, writeFileSync} from 'node:fs';
import puppeteer from 'puppeteer-core';
import {buildDemo} from '../demo/build.js';
import {digestOfInputs, pictureFolder, pictures} from '../demo/gallery/pictures.js';
import {addressOf} from '../demo/gallery/states.js';
import {startDemo} from '../demo/server.js';
import {chromiumLaunch} from '../test/chromium.js';

await buildDemo();
const demo = await startDemo({port: 0, host: '127.0.0.1'});
const browser = await puppeteer.launch(chromiumLaunch);
mkdirSync(pictureFolder, {recursive: true});
try {
  for (const {name, state, height} of pictures) {
    const page = await browser.newPage();
    await page.setViewport({width: state.width, height: height ?? 800});
    await page.emulateMediaFeatures([{name: 'prefers-reduced-motion', value: 'reduce'}]);
    await page.goto(demo.site + addressOf(state));
    await page.waitForSelector('html[data-shown]');
    await page.evaluate(async () => {
      await document.fonts.ready;
      // Pictures are fetched only near the window.
      const images = [...document.querySelectorAll('support-appeal')].flatMap(appeal => [
        ...(appeal.shadowRoot?.querySelectorAll('img') ?? []),
      ]);
      for (const image of images) image.loading = 'eager';
      await Promise.all(images.map(image => image.decode()));
    });
    const path: `${string}.png` = `${pictureFolder}${name}.png`;
    await page.screenshot({path, fullPage: height === undefined});
    await page.close();
    console.log(`docs/images/${name}.png`);
  }
  writeFileSync(`${pictureFolder}inputs.sha256`, `${digestOfInputs()}\n`);
} finally {
  await browser.close();
  await demo.stop();
}
