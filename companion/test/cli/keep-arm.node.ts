import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {parse} from 'jsonc-parser';
import {applyArm, parseCampaigns, type CampaignsFile} from 'reader-support/core';
import {keepArm} from '../../src/cli/keep-arm.js';

const metric = '"metric": {"currency": "EUR"}';

/** A file with tabs or spaces, and lines, in which the campaign and the arm's overrides are as given. */
const textOf = (campaign: string, overrides: string, on = '') => `{
  // The newsroom's file.
  "currency": "EUR",
  "companion": "/companion",
  "campaigns": [
    ${campaign},
    {"id": "spring", "copy": {"heading": "Spring"}}
  ],
  "experiments": [
    {
      "id": "autumn-appeal",${on}
      "version": 1,
      "campaign": "winter", // the large one
      "arms": {
        "control": {"weight": 0.5},
        "plain-words": {
          "weight": 0.5,
          "overrides": ${overrides}
        }
      },
      ${metric}
    }
  ]
}
`;

const oneLine = '{"id": "winter", "copy": {"heading": "A message", "body": ["Old."]}}';

const rows: readonly {
  readonly given: string;
  readonly campaign?: string;
  readonly overrides: string;
  /** The campaign afterwards, as it is written. */
  readonly written: string;
}[] = [
  {
    given: 'a heading of a campaign on one line',
    overrides: '{"copy": {"heading": "You read us."}}',
    written: '{"id": "winter", "copy": {"heading": "You read us.", "body": ["Old."]}}',
  },
  {
    given: 'a text that the campaign does not have',
    overrides: '{"copy": {"kicker": "A word"}}',
    written:
      '{"id": "winter", "copy": {"heading": "A message", "body": ["Old."], "kicker": "A word"}}',
  },
  {
    given: 'a list over several lines with a comment',
    campaign: `{
      "id": "winter",
      "copy": {
        "heading": "A message", // of ours
        "body": ["Old."]
        /* the end */
      }
    }`,
    overrides: `{
            "copy": {
              "body": [
                // Short.
                "New.",
                "Newer."
              ],
              "kicker": "A word"
            }
          }`,
    written: `{
      "id": "winter",
      "copy": {
        "heading": "A message", // of ours
        "body": [
          // Short.
          "New.",
          "Newer."
        ],
        /* the end */
        "kicker": "A word"
      }
    }`,
  },
  {
    given: 'copies, of which one language is there',
    campaign: `{
      "id": "winter",
      "copy": {"heading": "A message"},
      "copies": {
        "de": {"heading": "Nachricht", "body": ["Alt."]},
      },
    }`,
    overrides:
      '{"copy": {"heading": "New"}, "copies": {"de": {"heading": "Neu"}, "fr": {"heading": "Neuf"}}}',
    written: `{
      "id": "winter",
      "copy": {"heading": "New"},
      "copies": {
        "de": {"heading": "Neu", "body": ["Alt."]},
        "fr": {"heading": "Neuf"}
      },
    }`,
  },
  {
    given: 'fields that replace the campaign’s as a whole',
    campaign:
      '{"id": "winter", "minArticles": 3, "theme": "gazette", "offer": {"once": {"EUR": {"min": 100, "max": 5000, "presets": [500], "preset": 500}}}, "cadence": {"closeDays": 20, "laterDays": [4]}}',
    overrides:
      '{"cadence": {"closeDays": 30}, "theme": "review", "format": "bar", "offer": {"monthly": {"EUR": {"min": 100, "max": 5000, "presets": [300], "preset": 300}}}}',
    written:
      '{"id": "winter", "minArticles": 3, "theme": "review", "offer": {"monthly": {"EUR": {"min": 100, "max": 5000, "presets": [300], "preset": 300}}}, "cadence": {"closeDays": 30, "laterDays": [4]}, "format": "bar"}',
  },
  {
    given: 'a campaign without any copy',
    campaign: '{"id": "winter"}',
    overrides: '{"copy": {"heading": "New"}}',
    written: '{"id": "winter", "copy": {"heading": "New"}}',
  },
  {given: 'nothing', overrides: '{}', written: oneLine},
  {
    given: 'what the campaign says already',
    overrides: '{"copy": {"body": [ "Old." ]}}',
    written: oneLine,
  },
];

/** What a text says, as a file that is known to be sound. */
const fileOf = (text: string): CampaignsFile => {
  const parsed = parseCampaigns(parse(text.replace('\uFEFF', '')));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.file;
};

const keep = (text: string, arm = 'plain-words') => {
  const file = fileOf(text);
  return keepArm(text, file, file.experiments![0]!, arm);
};

const ended = (text: string) => text.replace(metric, `${metric},\n      "on": false`);

/** A value as JSON says it: without prototypes. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('keepArm()', () => {
  for (const {given, campaign = oneLine, overrides, written} of rows) {
    for (const [kind, format] of [
      ['spaces', (text: string) => text],
      ['tabs', (text: string) => text.replaceAll('  ', '\t')],
      [
        'line ends of Windows and a byte order mark',
        (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
      ],
    ] as const) {
      it(`writes what the arm changes and nothing else, given ${given}, and ${kind}`, () => {
        const text = format(textOf(campaign, overrides));
        const result = keep(text);
        assert.equal(result, format(ended(textOf(written, overrides))));
        const before = fileOf(text);
        const [winner] = fileOf(result).campaigns;
        const arm = before.experiments![0]!.arms['plain-words'];
        assert.deepEqual(plain(winner), plain(applyArm(before.campaigns[0]!, arm)));
      });
    }
  }

  it('changes nothing but the switch, given the control', () => {
    const text = textOf(oneLine, '{"copy": {"heading": "New"}}');
    assert.equal(keep(text, 'control'), ended(text));
  });

  it('turns a switch that is there, and leaves one that is off', () => {
    const overrides = '{"copy": {"heading": "New"}}';
    const [on, off] = ['\n      "on": true,', '\n      "on": false,'];
    const result = keep(textOf(oneLine, overrides, on), 'control');
    assert.equal(result, textOf(oneLine, overrides, off));
    assert.equal(keep(result, 'control'), result);
  });

  it('writes a file of one line', () => {
    const text = JSON.stringify(parse(textOf(oneLine, '{"copy": {"heading": "New"}}')));
    const result = keep(text);
    assert.ok(!/\s"/.test(result));
    assert.ok(result.includes('"copy":{"heading":"New","body":["Old."]}'));
    assert.ok(result.endsWith('"metric":{"currency":"EUR"},"on":false}]}'));
  });

  for (const [given, text] of [
    [
      'a campaign with two headings',
      textOf(
        '{"id": "winter", "copy": {"heading": "A", "heading": "B"}}',
        '{"copy": {"heading": "New"}}',
      ),
    ],
    [
      'a campaign with two copies',
      textOf(
        '{"id": "winter", "copy": {"heading": "A"}, "copy": {"body": ["B"]}}',
        '{"copy": {"heading": "New"}}',
      ),
    ],
    [
      'an experiment with two switches',
      textOf(oneLine, '{"copy": {"heading": "New"}}', '\n      "on": false, "on": true,'),
    ],
  ] as const) {
    it(`refuses a text that would not say what is meant, given ${given}`, () =>
      assert.throws(() => keep(text), /does a name stand in it twice\?/));
  }
});
