import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isRobot} from '../../src/events/robots.js';

const robots = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0',
  'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
  'facebookexternalhit/1.1',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'python-requests/2.32',
  'node-fetch/1.0',
  'GPTBot/1.2',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0)',
  'Screaming Frog SEO Spider/20.0',
  '',
  '-',
];
const readers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  'Mozilla/5.0 (Linux; Android 14; CUBOT_X70) AppleWebKit/537.36 Chrome/155.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 13; CUBOT KINGKONG 9) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/500.0]',
  'Opera/9.80 (Android; Opera Mini/36.2) Presto/2.12.423 Version/12.16',
  'Lynx/2.9.0 libwww-FM/2.14',
];

describe('isRobot()', () => {
  for (const name of robots) it(`finds out ${name || 'nobody'}`, () => assert.ok(isRobot(name)));
  for (const name of readers) it(`takes ${name} for a reader`, () => assert.ok(!isRobot(name)));
  it('treats a missing User-Agent as a robot', () => assert.ok(isRobot(null)));
});
