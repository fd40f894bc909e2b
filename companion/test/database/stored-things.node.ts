import assert from 'node:assert/strict';
import {it} from 'node:test';
import {storedThings} from 'reader-support/core';
import {meterCookie} from '../../src/gate/meter-cookie.js';

it('storedThings() lists the gate’s cookie with its name and lifetime', () => {
  for (const [address, isSecure] of [
    ['https://paper.example/story', true],
    ['http://localhost:8080/story', false],
  ] as const) {
    const cookie = meterCookie('token', new URL(address));
    const line = storedThings(isSecure).find(({by}) => by === 'gate');
    assert.equal(cookie.split('=')[0], line?.key);
    assert.match(cookie, new RegExp(`Max-Age=${(line?.days ?? 0) * 86_400};`));
  }
});
