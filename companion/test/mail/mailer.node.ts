import assert from 'node:assert/strict';
import {createServer, type AddressInfo, type Server, type Socket} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {openMailer} from '../../src/mail/mailer.js';
import {aMailbox, toOf, type Mailbox, type Mood} from '../mailbox.js';

const letter = {
  subject: 'Für Sie',
  text: 'Plain',
  html: '<p>Rich</p>',
  headers: {'List-Unsubscribe': '<https://www.example.org/stop>'},
};
const from = 'The Harbour Post <post@example.org>';
const to = 'reader@example.com';

/** Starts a server that does not speak SMTP. */
async function aStranger(says: string): Promise<{readonly url: string; stop(): void}> {
  const sockets = new Set<Socket>();
  const server: Server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (says) socket.write(says);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const {port} = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('a mailer', () => {
  let mailbox: Mailbox;
  before(async () => {
    mailbox = await aMailbox();
  });
  after(() => mailbox.stop());
  // Only who says nothing is to exhaust the time-out: on a busy machine an answer takes its time.
  const send = async (url = mailbox.url, timeoutMs?: number) =>
    await openMailer(from, url, 'www.example.org', timeoutMs)(to, letter, 'mail-1');

  it('hands a mail over unchanged', async () => {
    assert.deepEqual(await send(), {ended: 'sent'});
    const [mail] = mailbox.mails;
    assert.ok(mail);
    assert.equal(toOf(mail), to);
    assert.equal(mail.from?.text, '"The Harbour Post" <post@example.org>');
    assert.equal(mail.subject, 'Für Sie');
    assert.equal(mail.text?.trim(), 'Plain');
    assert.equal(mail.html, '<p>Rich</p>');
    assert.equal(mail.messageId, '<mail-1@www.example.org>');
    assert.deepEqual(mail.attachments, []);
  });

  const moods: [Mood, string, boolean][] = [
    ['refuse', 'never', false],
    ['busy', 'later', false],
    ['closed', 'later', true],
    ['swallow', 'unsure', true],
    ['hang-up', 'unsure', true],
  ];
  for (const [mood, ended, isDown] of moods)
    it(`reports ${ended} for a server with the behaviour: ${mood}`, async () => {
      mailbox.mood = mood;
      const result = await send(mailbox.url, mood === 'swallow' ? 1000 : undefined);
      mailbox.mood = 'well';
      assert.equal(result.ended, ended);
      assert.ok(result.ended !== 'sent' && result.isDown === isDown);
      // Only codes, never the server's message or an address.
      assert.match(result.problem, /^[A-Z]+( \d{3})?$/);
    });

  const strangers = {
    nothing: '',
    garbage: '\u0000\u0001 garbage\r\nmore garbage\r\n',
    'a web page': 'HTTP/1.1 200 OK\r\n\r\n<html>',
  };
  for (const [what, says] of Object.entries(strangers))
    it(`reports later for a server that answers ${what}`, async () => {
      const stranger = await aStranger(says);
      const result = await send(stranger.url, 300);
      stranger.stop();
      assert.equal(result.ended, 'later');
      assert.ok(result.isDown);
    });

  it('reports later where no server listens', async () => {
    // A port that was just released may be in use again; this one is never assigned.
    assert.equal((await send('smtp://127.0.0.1:1')).ended, 'later');
  });

  it('reports unsure when the site’s own transport fails', async () => {
    const failing = (error: Error) =>
      openMailer(from, {sendMail: () => Promise.reject(error)}, 'www.example.org')(
        to,
        letter,
        'mail-1',
      );
    assert.equal((await failing(new Error(to))).ended, 'unsure');
    const refused = {responseCode: 550, command: 'RCPT TO'};
    assert.equal((await failing(Object.assign(new Error(to), refused))).ended, 'never');
  });
});
