import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {mailboxOf, readMailAddress} from '../../src/mail/mail-address.js';

describe('readMailAddress()', () => {
  const good: [string, string][] = [
    ['reader@example.org', 'reader@example.org'],
    [' reader@example.org ', 'reader@example.org'],
    ['Reader+tag@Example.ORG', 'Reader+tag@example.org'],
    ["o'neill.x_y-z@a.b.example", "o'neill.x_y-z@a.b.example"],
    ['leser@bücher.example', 'leser@xn--bcher-kva.example'],
    ['leser@bu\u0308cher.example', 'leser@xn--bcher-kva.example'],
    ['a@例え.テスト', 'a@xn--r8jz45g.xn--zckzah'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  ];
  for (const [typed, address] of good)
    it(`accepts ${typed.slice(0, 40)}`, () => {
      assert.deepEqual(readMailAddress(typed), {address, key: address.toLowerCase()});
    });

  const bad: unknown[] = [
    '',
    'reader',
    '@example.org',
    'reader@',
    'reader@localhost',
    'reader@127.0.0.1',
    'reader@[127.0.0.1]',
    'reader@[::1]',
    'a@b@example.org',
    'a@example.org,b@example.org',
    'a@example.org;b@example.org',
    'a@example.org b@example.org',
    'Reader <a@example.org>',
    '<a@example.org>',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org\n',
    'a\u0000@example.org',
    'a@example.org\u0000',
    'a@exa\tmple.org',
    'a@example.org?subject=x',
    'a@user@example.org',
    'a@example.org:25',
    'a@example.org/x',
    'a@-example.org',
    'a@exa_mple.org',
    'a@example..org',
    '.a@example.org',
    'a.@example.org',
    'a..b@example.org',
    '"a b"@example.org',
    'a(comment)@example.org',
    'ä@example.org',
    'a@example%2eorg',
    `${'a'.repeat(65)}@example.org`,
    `a@${'a'.repeat(64)}.org`,
    `a@${'abcdefghi.'.repeat(30)}org`,
    `a@${'x'.repeat(100_000)}`,
    undefined,
    null,
    5,
    ['a@example.org'],
    {toString: () => 'a@example.org'},
  ];
  for (const typed of bad)
    it(`refuses ${typed === undefined ? 'nothing' : JSON.stringify(typed).slice(0, 40)}`, () => {
      assert.equal(readMailAddress(typed), undefined);
    });

  it('never accepts a text that could contain several addresses', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', '.', '-', '+', '@', ',', ' '),
      maxLength: 6,
    });
    const noise = fc.oneof(fc.string({unit: 'binary', maxLength: 40}), letters);
    let count = 0;
    fc.assert(
      fc.property(noise, noise, (a, b) => {
        for (const typed of [a, `${a}@example.org`, `a@${b}`, `${a}@${b}`, `a@example.org${b}`]) {
          const found = readMailAddress(typed);
          if (!found) continue;
          count += 1;
          assert.match(found.address, /^[\x21-\x7e]+@[a-z\d-]+(\.[a-z\d-]+)+$/);
          assert.doesNotMatch(found.address, /[\s,;:<>()[\]\\"]|@.*@/);
        }
      }),
      {numRuns: 2000},
    );
    assert.ok(count >= 200, `${count} addresses were let through`);
  });
});

describe('mailboxOf()', () => {
  for (const [key, mailbox] of [
    ['reader@example.org', 'reader@example.org'],
    ['reader+news@example.org', 'reader@example.org'],
    ['reader+news+more@example.org', 'reader@example.org'],
    ['read.er@example.org', 'read.er@example.org'],
    ['r.e.a.d.e.r@gmail.com', 'reader@gmail.com'],
    ['read.er+news@googlemail.com', 'reader@gmail.com'],
    ['+news@example.org', '+news@example.org'],
    ['reader-news@example.org', 'reader-news@example.org'],
    ['reader@constructor', 'reader@constructor'],
  ] as const)
    it(`returns ${mailbox} for ${key}`, () => assert.equal(mailboxOf(key), mailbox));
});
