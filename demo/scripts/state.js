// Shows and edits the reader record, and what the package's rules decide from it.
import {
  articleKeyOf,
  countArticle,
  decide,
  defaultCadence,
  emptyState,
  forecast,
  judgeAccess,
  parseCampaigns,
  snoozeAfter,
  readState,
  recordClose,
  recordMetered,
  recordRemind,
  recordSupported,
  recordView,
  writeState,
} from 'reader-support/core';

const key = 'support:reader';
const day = 86_400_000;
const find = id => document.getElementById(id);

const {file} = parseCampaigns(await fetch('/support/campaigns.json').then(answer => answer.json()));
const {campaigns} = file;

const dateTime = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short'});
const date = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', month: 'short'});

const words = {
  snoozed: 'the reader asked to be left alone until then',
  'articles-to-go': 'the reader wants to read more articles first',
  closed: 'the reader closed an appeal',
  'already-supporting': 'the reader said: I support you already',
  'not-this-campaign': 'the reader does not want this campaign',
  supporter: 'the reader is a supporter',
  'supporter-pending': 'the site is finding out whether this is a supporter',
  'seen-enough': 'seen four times in thirty days: that is enough',
  'seen-recently': 'this appeal was seen less than a day ago',
  'asked-recently': 'another appeal was seen less than an hour ago',
  'sensitive-page': 'this is no page to ask on',
  'asked-on-this-page': 'there is an appeal on this page already',
  audience: 'no campaign is meant for this page',
  'no-campaign': 'no campaign is meant for this page',
};

/** The meter of the element in `/paywall.html`. */
const meter = {free: 5, period: 'month'};
const stories = new Map(
  ['', '-2', '-3', '-4', '-5', '-6'].map(number => {
    const path = `/paywall${number}.html`;
    return [articleKeyOf(path), path];
  }),
);

const readerAt = now => ({now, utcOffsetMinutes: -new Date(now).getTimezoneOffset()});

/** Returns the paywall's verdict about a story. */
function access(counted, supported, key, now) {
  const gift = supported ? {state: 'yes', until: supported.until} : {state: 'no'};
  return judgeAccess({
    ...{meter, counted, article: {key}, since: now, ...readerAt(now)},
    entitlements: [{provider: 'record', answer: gift}],
  });
}

const meterWords = ({access, reason, left, limit, until}) =>
  access === 'open'
    ? `open: ${reason === 'entitled' ? 'a supporter reads everything' : reason}`
    : access === 'locked'
      ? `the wall: ${limit} of ${limit} read${Number.isFinite(until) ? `, until ${dateTime.format(until)}` : ''}`
      : `free: ${left === 0 ? 'the last one' : `${left} of ${limit} left after it`}`;

/** Returns the worst verdict of each day, with a number of new stories a day. */
function meterDays(state, from, count) {
  const aDay = within('a-day', 20);
  let counted = state.meter;
  return Array.from({length: count}, (_, n) => {
    const at = from + n * day;
    let verdict;
    for (let story = 0; story < aDay; story += 1) {
      const key = articleKeyOf(`/forecast-${n}-${story}`);
      verdict = access(counted, state.supported, key, at);
      if (verdict.access !== 'open') counted = countArticle(meter, counted, {key}, readerAt(at));
    }
    return verdict ? meterWords(verdict) : 'nothing read';
  });
}

function renderMeter(state, at) {
  const next = access(state.meter, state.supported, 'one more', at);
  const box = find('meter');
  box.dataset.ask = next.access === 'locked' ? 'yes' : 'no';
  box.dataset.left = String(next.access === 'locked' ? 0 : next.left + 1);
  box.textContent = `The next counted story: ${meterWords(next)}.`;
  find('counted').replaceChildren(
    ...state.meter.map(entry => {
      const [number, key] = entry.split(' ');
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.textContent = 'Not read';
      remove.setAttribute('aria-label', `Not read: ${stories.get(key) ?? key}`);
      remove.addEventListener('click', () =>
        keep({...read(), meter: read().meter.filter(one => one !== entry)}),
      );
      const {until} = access(state.meter, undefined, key, at);
      const end = Number.isFinite(until) ? date.format(until) : 'is not counted now';
      return row(
        [stories.get(key) ?? `another (${key})`, date.format(number * day), end, remove],
        {},
        {1: 'counted on', 2: 'falls out'},
      );
    }),
  );
  if (state.meter.length === 0) find('counted').append(row(['none yet', '', '', '']));
}

/** Counts the first unread story. */
function readOne() {
  const state = read();
  const known = new Set(state.meter.map(entry => entry.split(' ')[1]));
  const key = [...stories.keys()].find(one => !known.has(one)) ?? articleKeyOf(`/${known.size}`);
  keep(recordMetered(state, meter, {key}, readerAt(now())));
}

const when = until => (Number.isFinite(until) ? dateTime.format(until) : 'as long as that is so');

const notBefore = ({reason, until}) =>
  reason === 'articles-to-go' ? 'ten more articles' : when(until);

/** Describes the end of a snooze, which read articles may bring forward. */
const ending = ({reason, until}) =>
  Number.isFinite(until)
    ? ` ${reason === 'articles-to-go' ? 'At the latest' : 'Not before'}: ${when(until)}.`
    : '';

function factsAt(now) {
  const path = find('path').value;
  return {
    now,
    utcOffsetMinutes: -new Date(now).getTimezoneOffset(),
    path,
    tags: [],
    language: path === '/arabic.html' ? 'ar' : 'en',
    device: find('device').value,
    referrer: '',
    supporter: false,
    sensitive: path === '/sensitive.html',
    asked: false,
  };
}

// Without storage, the record lasts as long as the page is open.
let unkept = null;

function stored() {
  try {
    return localStorage.getItem(key);
  } catch {
    return unkept;
  }
}

function store(text) {
  unkept = text;
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    find('unkept').hidden = false;
  }
}

const read = () => readState(stored()).state;
const within = (id, most) => Math.min(Math.max(Number(find(id).value) || 0, 0), most);
const now = () => Date.now() + within('ahead', 400) * day;

/** Creates a table row; the labels are for phones, where the table has no header. */
function row(cells, data = {}, labels = {}) {
  const line = document.createElement('tr');
  cells.forEach((cell, n) => {
    const box = document.createElement('td');
    box.append(cell);
    if (labels[n]) box.dataset.label = labels[n];
    line.append(box);
  });
  Object.assign(line.dataset, data);
  return line;
}

function code(value) {
  const element = document.createElement('code');
  element.textContent = JSON.stringify(value) ?? '';
  return element;
}

function render() {
  const state = read();
  const facts = factsAt(now());
  const decision = decide(campaigns, facts, state);

  const verdict = find('verdict');
  verdict.dataset.ask = decision.ask ? 'yes' : 'no';
  verdict.textContent = decision.ask
    ? `The appeal “${decision.campaign.id}” would be shown, as ${decision.campaign.format ?? 'inline'}.`
    : `Nothing would be shown: ${words[decision.reason] ?? decision.reason}.${ending(decision)}`;

  find('trace').replaceChildren(
    ...decision.trace.map(({campaign, rule, input, outcome}) =>
      row(
        [campaign === '*' ? 'all' : campaign, rule, code(input), outcome],
        outcome === 'pass' ? {} : {refused: ''},
      ),
    ),
  );

  const days = forecast(campaigns, facts, state, 30);
  const meters = meterDays(state, facts.now, days.length);
  renderMeter(state, facts.now);
  const shown = days.filter(({decision}) => decision.ask).length;
  find('sum').textContent =
    `In thirty visits this reader is asked ${shown === 1 ? 'once' : `${shown} times`}.`;
  find('days').replaceChildren(
    ...days.map(({at, decision}, n) =>
      row(
        [
          n === 0 ? 'now' : `in ${n} day${n > 1 ? 's' : ''}`,
          date.format(at),
          decision.ask ? decision.campaign.id : 'nothing',
          decision.ask ? '' : (words[decision.reason] ?? decision.reason),
          decision.ask ? '' : notBefore(decision),
          meters[n],
        ],
        {ask: decision.ask ? 'yes' : 'no'},
        {4: 'not before', 5: 'the meter'},
      ),
    ),
  );

  find('record').value = JSON.stringify(state, null, 2);
}

// The companion's cookie would restore what is deleted here.
const forgetCookie = () => {
  document.cookie = 'support-reader=; Max-Age=0; Path=/';
};

function keep(state) {
  store(writeState(state));
  forgetCookie();
  render();
}

const campaignHere = () => {
  const decision = decide(campaigns, factsAt(now()), emptyState);
  return decision.ask ? decision.campaign.id : campaigns[0].id;
};

function close(closing, record = recordClose) {
  const state = read();
  const facts = factsAt(now());
  const whole = {campaign: campaignHere(), ...closing};
  const snooze = snoozeAfter(defaultCadence, state, whole, facts.now, facts.utcOffsetMinutes);
  keep(record(state, {...whole, ...snooze}, facts.now));
}

function support(frequency) {
  const closing = {campaign: campaignHere(), reason: 'supported', frequency};
  const {until} = snoozeAfter(defaultCadence, read(), closing, now(), 0);
  keep(recordSupported(read(), {at: now(), until, frequency}));
}

const pretences = {
  view: () => keep(recordView(read(), campaignHere(), now())),
  later: () => close({reason: 'later'}),
  close: () => close({reason: 'close'}),
  'already-supporting': () => close({reason: 'already-supporting'}),
  'not-this-campaign': () => close({reason: 'not-this-campaign'}),
  read: readOne,
  once: () => support('once'),
  monthly: () => support('monthly'),
};

find('pretend').addEventListener('click', event => {
  const {pretend} = event.target.dataset;
  if (!pretend) return;
  if (Object.hasOwn(pretences, pretend)) pretences[pretend]();
  else close({reason: 'later', choice: pretend}, recordRemind);
});

find('clear').addEventListener('click', () => {
  store(null);
  forgetCookie();
  render();
});
find('forget-meter').addEventListener('click', () => keep({...read(), meter: []}));
find('save').addEventListener('click', () => keep(readState(find('record').value).state));
for (const id of ['path', 'device', 'ahead', 'a-day']) find(id).addEventListener('input', render);
addEventListener('storage', render);
render();
find('answers').hidden = false;
