import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {parse} from 'jsonc-parser';
import type {Popular} from 'reader-support/core';
import {writePopular} from '../../src/cli/popular-field.js';

const popular: Popular = {asOf: '2026-11-30', monthly: {USD: 500}};

const rows: readonly {
  readonly given: string;
  readonly text: string;
  readonly popular?: Popular;
  readonly written: string;
}[] = [
  {
    given: 'two spaces',
    text: '{\n  "publication": "P",\n  "campaigns": []\n}\n',
    written:
      '{\n  "publication": "P",\n  "campaigns": [],\n  "popular": {\n    "asOf": "2026-11-30",\n    "monthly": {\n      "USD": 500\n    }\n  }\n}\n',
  },
  {
    given: 'tabs, and comments before and behind',
    text: '{\n\t// First.\n\t"campaigns": [] // All of them.\n\t/* The end. */\n}\n',
    popular: {asOf: '2026-11-30'},
    written:
      '{\n\t// First.\n\t"campaigns": [], // All of them.\n\t/* The end. */\n\t"popular": {\n\t\t"asOf": "2026-11-30"\n\t}\n}\n',
  },
  {
    given: 'line ends of Windows, a byte order mark and a comma at the end',
    text: '\uFEFF{\r\n    "campaigns": [],\r\n}\r\n',
    popular: {asOf: '2026-11-30'},
    written:
      '\uFEFF{\r\n    "campaigns": [],\r\n    "popular": {\r\n        "asOf": "2026-11-30"\r\n    }\r\n}\r\n',
  },
  {
    given: 'one line',
    text: '{"campaigns":[]}',
    written: '{"campaigns":[],"popular":{"asOf":"2026-11-30","monthly":{"USD":500}}}',
  },
  {
    given: 'one line with a comment at its end',
    text: '{"campaigns": [] // all\n}',
    popular: {asOf: '2026-11-30'},
    written: '{"campaigns": [], // all\n"popular": {"asOf":"2026-11-30"}\n}',
  },
  {
    given: 'the field among others, with a comment in it',
    text: '{\n  "popular": {\n    // Every night.\n    "asOf": "2026-11-29",\n    "monthly": {"USD": 1000}\n  },\n  "campaigns": []\n}\n',
    written:
      '{\n  "popular": {\n    // Every night.\n    "asOf": "2026-11-30",\n    "monthly": {"USD": 500}\n  },\n  "campaigns": []\n}\n',
  },
  {
    given: 'a frequency that has lost its proof',
    text: '{"popular":{"asOf":"2026-11-29","monthly":{"USD":500},"once":{"USD":1000}},"campaigns":[]}',
    written: '{"popular":{"asOf":"2026-11-30","monthly":{"USD":500}},"campaigns":[]}',
  },
  {
    given: 'a currency that has won it, and one that has lost it',
    text: '{"popular":{"asOf":"2026-11-29","monthly":{"EUR":300}},"campaigns":[]}',
    written: '{"popular":{"asOf":"2026-11-30","monthly":{"USD": 500}},"campaigns":[]}',
  },
  {
    given: 'nothing that is popular any more',
    text: '{"campaigns":[],"popular":{"asOf":"2026-11-29","monthly":{"USD":500}}}',
    popular: {asOf: '2026-11-30'},
    written: '{"campaigns":[],"popular":{"asOf":"2026-11-30"}}',
  },
  {
    given: 'a field that is none',
    text: '{"popular":true,"campaigns":[]}',
    written: '{"popular":{"asOf":"2026-11-30","monthly":{"USD":500}},"campaigns":[]}',
  },
  {
    given: 'a frequency that is none',
    text: '{"popular":{"asOf":"x","monthly":[500]},"campaigns":[]}',
    written: '{"popular":{"asOf":"2026-11-30","monthly":{"USD":500}},"campaigns":[]}',
  },
];

describe('writePopular()', () => {
  for (const {given, text, popular: value = popular, written} of rows)
    it(`writes the field and nothing else, given ${given}`, () => {
      const result = writePopular(text, value);
      assert.equal(result.replaceAll(/\s/g, ''), written.replaceAll(/\s/g, ''));
      assert.equal(result, written);
      const before = parse(text.replace('\uFEFF', '')) as object;
      assert.deepEqual(parse(result.replace('\uFEFF', '')), {...before, popular: value});
      assert.equal(writePopular(result, value), result, 'a second time changes nothing');
    });

  for (const {given, asOf, changes} of [
    {given: 'the same day', asOf: '2026-11-30', changes: false},
    {given: 'a day of six days ago', asOf: '2026-11-24', changes: false},
    {given: 'a day of seven days ago', asOf: '2026-11-23', changes: true},
    {given: 'a day of a year ago', asOf: '2025-11-30', changes: true},
    {given: 'a day in the future', asOf: '2026-12-01', changes: true},
    {given: 'a day that is none', asOf: 'yesterday', changes: true},
  ])
    it(`${changes ? 'renews the day of' : 'leaves'} the same amounts, given ${given}`, () => {
      const text = JSON.stringify({campaigns: [], popular: {...popular, asOf}});
      const expected = JSON.stringify({campaigns: [], popular});
      assert.equal(writePopular(text, popular), changes ? expected : text);
    });

  it('leaves amounts in another order', () => {
    const text =
      '{"campaigns":[],"popular":{"once":{"USD":5,"EUR":3},"monthly":{},"asOf":"2026-11-30"}}';
    assert.equal(writePopular(text, {asOf: '2026-11-30', once: {EUR: 3, USD: 5}}), text);
  });
});
