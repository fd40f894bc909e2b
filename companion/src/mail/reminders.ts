/** Serves the routes with which a reader orders, confirms and stops a single e-mail reminder. */

import type {Context} from 'hono';
import * as z from 'zod';
import {defaultCadence, emptyState, snoozeAfter, type RemindChoice} from 'reader-support/core';
import type {Env} from '../http/address.js';
import {mailboxOf, readMailAddress} from './mail-address.js';
import type {MailStore, NewMail} from './mail-store.js';
import type {ReminderRow} from './mail-tables.js';
import {corsHeaders, requireAllowedOrigin} from '../http/origin.js';
import type {MailContent} from './outbox.js';
import {readerPage} from '../http/reader-page.js';
import {plainText} from '../http/plain-text.js';
import {Problem} from '../http/problem.js';
import {
  readFields,
  requireAllowedForm,
  tooManyMails,
  type MailLimitSettings,
} from './reader-request.js';
import {samePath} from '../http/return-address.js';
import {freshToken, tokenHash, type Secrets} from '../database/secrets.js';
import {fill, speak} from './translations/index.js';

const hour = 3_600_000;
const day = 24 * hour;

/** From the start of the reader's day at 04:00 to the time of sending. */
const intoTheDay = 5 * hour;

/** One confirmation a day and three a month per address, whoever requests it. */
const perMailbox = {gap: day, max: 3, windowMs: 30 * day};

/** How long a confirmation is retried, and how long it can be confirmed. */
const confirmable = 2 * day;

/** How late a reminder may still be sent. */
const lateBy = 3 * day;

const choices: readonly RemindChoice[] = ['tomorrow', 'next-week', 'next-month', 'in-3-months'];

const reminderRequest = z.strictObject({
  email: z.string().max(400).regex(plainText),
  choice: z.enum(choices),
  locale: z.exactOptional(z.string().max(64).regex(plainText)),
  /** The path of the page to return to. */
  page: z.exactOptional(z.string().max(2000).regex(plainText)),
  /** How far the reader's clock is ahead of UTC, in minutes. */
  minutesEast: z.exactOptional(z.int().min(-1440).max(1440)),
});

/** Returns when to send a reminder: on the chosen day at 09:00 in the reader's time. Epoch ms. */
export function reminderDue(choice: RemindChoice, now: number, minutesEast: number): number {
  const closing = {campaign: '', reason: 'later', choice} as const;
  return snoozeAfter(defaultCadence, emptyState, closing, now, minutesEast).until + intoTheDay;
}

/** What reminders need of the settings. */
interface ReminderSettings extends MailLimitSettings {
  readonly secrets: Secrets | undefined;
}

/** What reminders need to be mailed. */
interface ReminderServices {
  /** The publication's name. */
  readonly name: string;
  readonly mail: {readonly store: MailStore} | undefined;
  /** Sends what is due, soon, and without anybody waiting for it. */
  work(): void;
}

/** Creates the routes of reminders. */
export function reminderRoutes(
  settings: ReminderSettings,
  {mail, name, work}: ReminderServices,
): {
  readonly ask: (context: Context<Env>) => Promise<Response>;
  readonly look: (context: Context<Env>) => Promise<Response>;
  readonly act: (context: Context<Env>) => Promise<Response>;
} {
  const {site, brand, origins, now, secrets} = settings;

  /** Returns what reminders need: mail, secrets and a store. Throws a `Problem` when one is missing. */
  function parts() {
    if (!mail || !secrets)
      throw new Problem(503, 'not-configured', {
        detail:
          'Reminders are not set up: createSupportServer needs `mail`, `secrets` and a store that keeps mail.',
      });
    return {secrets, reminders: mail.store};
  }

  async function found(token: string): Promise<ReminderRow | undefined> {
    if (!/^[\w-]{43}$/.test(token)) return undefined;
    const row = await parts().reminders.reminder(await tokenHash(token));
    const isOver = row?.state === 'asked' && row.asked_at <= now() - confirmable;
    return isOver ? undefined : row;
  }

  const answer = (
    context: Context<Env>,
    reminder: ReminderRow | undefined,
    which: 'reminder' | 'confirmed' | 'stopped' | 'gone',
  ) => {
    const spoken = speak(reminder?.locale ?? context.req.header('accept-language'));
    const page = spoken.words.pages[which];
    const filling = {
      site: name,
      date: reminder?.due ?? 0,
      minutesEast: reminder?.minutes_east ?? 0,
    };
    const say = (text: string) => fill(text, spoken, filling);
    const {reminder: words} = spoken.words.pages;
    const confirmButton = {act: 'confirm', text: words.confirm};
    const buttons = [
      ...(which === 'reminder' && reminder?.state === 'asked' ? [confirmButton] : []),
      {act: 'stop', text: words.stop},
      {act: 'erase', text: words.erase},
    ];
    return readerPage({
      spoken,
      brand,
      site: name,
      title: say(page.title),
      text: say(page.text),
      status: which === 'gone' ? 410 : 200,
      ...(which === 'reminder' && {form: {buttons}}),
      ...(which !== 'reminder' && {link: {href: site, text: name}}),
    });
  };

  return {
    async ask(context) {
      const request = context.req.raw;
      const {reminders, secrets: keys} = parts();
      requireAllowedOrigin(request, origins);
      const {fields} = await readFields(request);
      const {success, data} = reminderRequest.safeParse(fields);
      const to = readMailAddress(data?.email);
      if (!success || !to) throw new Problem(422, 'invalid-request');
      // The answer is the same whether a mail is sent, was sent before, was refused by the address or is
      // over the limit, so that sending addresses in bulk reveals nothing.
      const accepted = () =>
        context.json({accepted: true}, 202, {
          ...corsHeaders(request, origins),
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        });
      if (await tooManyMails(context, settings)) return accepted();

      const time = now();
      const {choice, minutesEast = 0} = data;
      const locale = speak(data.locale ?? context.req.header('accept-language')).language;
      const page = samePath(site, data.page);
      const due = reminderDue(choice, time, minutesEast);
      const token = freshToken();
      const content: MailContent = {
        address: to.address,
        locale,
        page,
        token,
        date: due,
        minutesEast,
      };
      const id = crypto.randomUUID();
      const sealed = await keys.seal(content);
      await reminders.ask(
        {
          id: crypto.randomUUID(),
          kind: 'confirm',
          sealed,
          addressHash: await keys.hash('address', to.key),
          mailboxHash: await keys.hash('address', mailboxOf(to.key)),
          reminder: id,
          due: time,
          until: time + confirmable,
        },
        perMailbox,
        time,
        {
          ...{id, sealed, locale, page, choice, due, minutesEast},
          tokenHash: await tokenHash(token),
          names: await keys.hashes('address', to.key),
        },
      );
      work();
      return accepted();
    },

    async look(context) {
      parts();
      const reminder = await found(context.req.param('token') ?? '');
      if (!reminder) return await answer(context, undefined, 'gone');
      // After it was sent, the reader can still refuse further ones and have the data deleted.
      return await answer(context, reminder, reminder.state === 'stopped' ? 'stopped' : 'reminder');
    },

    async act(context) {
      const request = context.req.raw;
      const {reminders, secrets: keys} = parts();
      const {fields} = await readFields(request);
      const {act, 'List-Unsubscribe': click} = Object(fields) as Readonly<Record<string, unknown>>;
      // One-click requests come from the mail program's servers; the token authorizes them (RFC 8058).
      const wish = click === 'One-Click' ? 'stop' : act;
      if (click !== 'One-Click') requireAllowedForm(request, origins);
      const reminder = await found(context.req.param('token') ?? '');

      if (wish === 'stop') {
        if (reminder) await reminders.stop(reminder.id, now());
        return await answer(context, reminder, 'stopped');
      }
      if (wish === 'erase') {
        if (reminder) await reminders.erase([reminder.address_hash], now());
        return await answer(context, reminder, 'stopped');
      }
      if (wish !== 'confirm') throw new Problem(422, 'invalid-request');
      if (!reminder) return await answer(context, undefined, 'gone');
      if (reminder.state === 'asked' && reminder.sealed !== null) {
        const time = now();
        const content = (await keys.open(reminder.sealed)) as MailContent | undefined;
        const mail: NewMail = {
          // The reminder's id makes repeated confirmations create one mail.
          id: reminder.id,
          kind: 'remind',
          sealed: await keys.seal(content),
          addressHash: reminder.address_hash,
          reminder: reminder.id,
          due: reminder.due,
          until: Math.max(reminder.due, time) + lateBy,
        };
        const key = readMailAddress(content?.address)?.key;
        const names = key === undefined ? [] : await keys.hashes('address', key);
        await reminders.confirm(reminder.id, mail, names, time);
        work();
      }
      const isOver = reminder.state === 'stopped' || reminder.state === 'sent';
      return await answer(context, reminder, isOver ? 'gone' : 'confirmed');
    },
  };
}
