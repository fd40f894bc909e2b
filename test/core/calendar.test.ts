import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {reminderCalendar, type Reminder} from '../../src/core/cadence/calendar.js';
import {now} from './builders.js';

const aReminder = (changes: Partial<Reminder> = {}): Reminder => ({
  now,
  until: Date.UTC(2026, 9, 27, 4),
  title: 'Support The Harbour Post',
  url: 'https://harbour.example.org/2026/10/bridge.html',
  uid: '1@harbour.example.org',
  ...changes,
});

/** Parses content lines as in RFC 5545: unfold, then split at the first colon. */
function linesOf(text: string): [name: string, value: string][] {
  return text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .slice(0, -1)
    .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
}

const unescape = (text: string) =>
  text.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
const valueOf = (text: string, name: string) => linesOf(text).find(line => line[0] === name)?.[1];

describe('reminderCalendar()', () => {
  it('returns one event with an alarm, with CRLF line ends', () => {
    expect(reminderCalendar(aReminder({description: 'Thanks'})).split('\r\n')).to.deep.equal([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//reader-support//EN',
      'BEGIN:VEVENT',
      'UID:1@harbour.example.org',
      'DTSTAMP:20261020T100000Z',
      'DTSTART:20261027T040000Z',
      'DURATION:PT15M',
      'TRANSP:TRANSPARENT',
      'SUMMARY:Support The Harbour Post',
      'DESCRIPTION:Thanks',
      'URL:https://harbour.example.org/2026/10/bridge.html',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:PT0S',
      'DESCRIPTION:Support The Harbour Post',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('omits the description where none is given', () => {
    const names = linesOf(reminderCalendar(aReminder())).map(([name]) => name);
    expect(names.filter(name => name === 'DESCRIPTION')).to.have.length(1);
  });

  it('escapes the special characters of calendars', () => {
    const title = 'a\\b;c,d\r\ne\nf\rg:"h"';
    const text = reminderCalendar(aReminder({title}));
    expect(text).to.contain('SUMMARY:a\\\\b\\;c\\,d\\ne\\nf\\ng:"h"\r\n');
  });

  it('prevents texts from adding lines', () => {
    const evil = 'x\r\nEND:VCALENDAR\r\nATTACH:https://evil.example';
    const text = reminderCalendar(aReminder({title: evil, uid: evil, url: evil}));
    const names = linesOf(text).map(([name]) => name);
    expect(names).not.to.include('ATTACH');
    expect(names.filter(name => name === 'END')).to.have.length(3);
  });

  const moments: [given: string, until: number, stamp: string][] = [
    ['a time that never comes', Infinity, '99991231T235959Z'],
    ['no time', NaN, '19700101T000000Z'],
    ['a time before all clocks', -5, '19700101T000000Z'],
    ['a part of a millisecond', now + 0.5, '20261020T100000Z'],
  ];
  for (const [given, until, stamp] of moments) {
    it(`writes a valid time given ${given}`, () => {
      expect(valueOf(reminderCalendar(aReminder({until})), 'DTSTART')).to.equal(stamp);
    });
  }

  it('folds at 75 octets without splitting characters, and can be parsed back', () => {
    const title = fc.string({unit: 'binary', maxLength: 300, size: 'max'});
    fc.assert(
      fc.property(title, title => {
        const text = reminderCalendar(aReminder({title}));
        for (const line of text.split('\r\n')) {
          const octets = new TextEncoder().encode(line);
          expect(octets.length).to.be.at.most(75);
          expect(new TextDecoder().decode(octets)).to.equal(line);
          expect(line).not.to.match(/[\0-\x1F\x7F]/);
        }
        const plain = title.replaceAll(/\r\n|\r/g, '\n').replaceAll(/[\0-\x09\x0B-\x1F\x7F]/g, '');
        expect(unescape(valueOf(text, 'SUMMARY')!)).to.equal(plain);
      }),
    );
  });
});
