/** Serves The Harbour Post: its pages, the package's own build, the companion, and Stripe or its fake. */

import {createHash, randomUUID} from 'node:crypto';
import type {AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';
import {createAdaptorServer} from '@hono/node-server';
import {getConnInfo} from '@hono/node-server/conninfo';
import {Hono, type Context} from 'hono';
import {parseCampaigns} from '../src/core/campaigns/parse-campaigns.js';
import {antiFlickerSnippet} from '../src/core/meter/anti-flicker-snippet.js';
import {
  createSupportServer,
  generatePassKey,
  openDatabase,
  runJobs,
  sqlStore,
  type OutgoingMail,
  type PassKey,
  type SqlStore,
  type SupportServer,
} from '../companion/src/companion.js';
import {isRobot} from '../companion/src/events/robots.js';
import {stripeFake, type StripeFake} from '../companion/src/fake-stripe/index.js';
import {built} from './build.js';
import {renderGallery} from './gallery/page.js';
import {themes} from './gallery/states.js';
import {reportOf, simulatedReport} from './experiment.js';
import {fileIn, pageIn} from './files.js';
import {giftRoutes} from './gift.js';
import {membersGate} from './members.js';
import {mailsAsHtml} from './outbox.js';
import {policyOf} from './policy.js';
import {announceBuilds, reloadScript} from './reload.js';
import {withStory} from './stories.js';
import {ampVersion, feedOf, printVersion} from './variants.js';
import {companionPass, sqlGiftLedger, type GiftLedger} from '../companion/src/gate/index.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The file that changes with every build, under `npm run dev`. */
const buildMark = process.env['DEMO_RELOADS'];

/** The folders of each path prefix outside the pages. */
const folders: Readonly<Record<string, string>> = {
  js: here('../dist'),
  built,
  themes: here('../src/themes'),
  fonts: here('../node_modules/@fontsource-variable/source-serif-4/files'),
  images: here('images'),
  scripts: here('scripts'),
  support: here('support'),
};

export interface DemoOptions {
  /** The port; 0 picks a free one. Default: 8080. */
  readonly port?: number;
  /** Default: localhost. */
  readonly host?: string;
  /** A test key of Stripe. Default: `STRIPE_SECRET_KEY`; without one, the fake takes the payments. */
  readonly secretKey?: string | undefined;
  /** Default: `DATABASE_URL`; without one, the database ends with the process, like the fake's account. */
  readonly database?: string | undefined;
  /** The clock of the companion and the fake, in epoch ms. */
  readonly now?: () => number;
}

export interface Demo {
  /** The origin of the newspaper. */
  readonly site: string;
  /** The companion's store. */
  readonly store: SqlStore;
  /** Every mail, newest first. None is really sent, unless `SMTP_URL` is set. */
  readonly outbox: readonly OutgoingMail[];
  /** The Stripe fake; absent when a key of Stripe is used. */
  readonly fake?: StripeFake;
  /** Runs the due jobs now; they also run every few seconds. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the newspaper and resolves when it is reachable. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const {
    port = 8080,
    host = 'localhost',
    secretKey = process.env['STRIPE_SECRET_KEY'],
    database: url = process.env['DATABASE_URL'] ?? ':memory:',
    now = Date.now,
  } = options;
  // The companion must know the site's URL, so it is created once the port is known.
  let app = new Hono();
  const server = createAdaptorServer({fetch: (request, env) => app.fetch(request, env)});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const {port: taken} = server.address() as AddressInfo;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const site = `http://${isEverywhere ? 'localhost' : host}:${taken}`;

  const database = await openDatabase(url);
  const store = sqlStore(database, {now});
  const outbox: OutgoingMail[] = [];
  const webhookSecret = process.env['STRIPE_WEBHOOK_SECRET'] ?? `whsec_${randomUUID()}`;
  const fake = secretKey
    ? undefined
    : stripeFake({
        origin: site,
        base: '/stripe-fake',
        now,
        webhooks: {to: `${site}/companion/webhook`, secret: webhookSecret},
      });
  const companion = createSupportServer({
    stripe: fake
      ? {secretKey: 'sk_test_fake', apiBase: `${site}/stripe-fake`}
      : {secretKey: secretKey ?? ''},
    site,
    origins: [`http://127.0.0.1:${taken}`],
    basePath: '/companion',
    offers: [await offerOfTheFile()],
    webhookSecrets: [webhookSecret],
    store,
    successPath: '/thanks.html',
    report: reportOf(here('support')),
    // Tests use headless browsers, which would otherwise count as robots.
    events: {isRobot: agent => isRobot(agent?.replace(/headless/i, '') ?? null)},
    productName: 'Support for The Harbour Post',
    // All requests to the demo come from one machine.
    limits: {perAddress: [{max: 500, windowMs: 60_000}], global: [{max: 500, windowMs: 60_000}]},
    mailLimits: {perAddress: [{max: 500, windowMs: 60_000}]},
    secrets: [process.env['SUPPORT_SECRETS'] ?? secretOf(url)],
    // Passes need not outlive this process, so neither need its keys.
    passes: {
      keys: process.env['PASS_KEYS'] ? keysIn(process.env['PASS_KEYS']) : [await generatePassKey()],
    },
    mail: {
      from: 'The Harbour Post <post@harbour.example>',
      transport: process.env['SMTP_URL'] ?? {
        sendMail: mail => Promise.resolve(outbox.unshift(mail)),
      },
    },
    now,
  });
  const jobs = runJobs(companion.jobs);

  app = newspaper(companion, fake, outbox, sqlGiftLedger(database));
  return {
    site,
    store,
    outbox,
    ...(fake ? {fake} : {}),
    async work() {
      for (const {run} of companion.jobs) await run();
    },
    async stop() {
      await jobs.stop();
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await database.close();
    },
  };
}

/**
 * Returns the secret of the demo. Processes on one database must read each other's mails, so it is derived
 * from the database's URL, which is fine because the demo holds no real addresses.
 */
function secretOf(database: string): string {
  if (database === ':memory:') return `${randomUUID()}${randomUUID()}`;
  return createHash('sha256').update(`the demo at ${database}`).digest('hex');
}

const keysIn = (text: string): PassKey[] => [JSON.parse(text) as PassKey | PassKey[]].flat();

/** Reads the offer that pages and companion share from the campaigns file. */
async function offerOfTheFile() {
  const file = await fileIn(here('support'), 'campaigns.json');
  const parsed = parseCampaigns(JSON.parse(new TextDecoder().decode(file?.body)));
  if (!parsed.ok) {
    const problems = parsed.problems.map(({path, problem}) => `${path}: ${problem}`);
    throw new Error(`demo/support/campaigns.json: ${problems.join('; ')}`);
  }
  if (!parsed.file.offer) throw new Error('demo/support/campaigns.json has no offer');
  return parsed.file.offer;
}

function newspaper(
  companion: SupportServer,
  fake: StripeFake | undefined,
  outbox: readonly OutgoingMail[],
  ledger: GiftLedger,
): Hono {
  const app = new Hono();
  const secrets = [`${randomUUID()}${randomUUID()}`] as const;
  const pass = companionPass('http://localhost/companion/access', request =>
    companion.fetch(request),
  );

  app.all('/companion/*', context =>
    companion.fetch(context.req.raw, {address: getConnInfo(context).remote.address}),
  );
  if (fake) app.all('/stripe-fake/*', context => fake.fetch(context.req.raw));

  app.get('/simulated-report.html', async context =>
    context.html(await simulatedReport(here('support')), 200, {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    }),
  );
  app.get('/demo.json', context =>
    context.json(
      fake
        ? {stripe: 'fake', publishableKey: 'pk_test_fake'}
        : {stripe: 'real', publishableKey: process.env['STRIPE_PUBLISHABLE_KEY'] ?? ''},
    ),
  );

  for (const [prefix, folder] of Object.entries(folders)) {
    app.get(`/${prefix}/*`, async context => {
      const file = await fileIn(folder, context.req.path.slice(prefix.length + 2));
      if (!file) return missing(context);
      return context.body(file.body, 200, {
        'content-type': file.type,
        // Fonts do not change; everything else may be edited at any time.
        'cache-control': prefix === 'fonts' ? 'public, max-age=604800' : 'no-cache',
        'x-content-type-options': 'nosniff',
      });
    });
  }
  app.get('/:sheet{[a-z]+\\.css}', async context => {
    const file = await fileIn(here('.'), context.req.param('sheet'));
    return file
      ? context.body(file.body, 200, {'content-type': file.type, 'cache-control': 'no-cache'})
      : missing(context);
  });

  if (buildMark) app.get('/dev/builds', announceBuilds(buildMark));
  app.use(membersGate(pass, secrets));
  const membersPage = async () =>
    (await pageIn(here('pages'), 'members.html', here('pages/parts'))) ?? '';
  app.get('/members-print.html', async context =>
    html(context, printVersion(await membersPage()), 200),
  );
  app.get('/members-amp.html', async context =>
    html(context, ampVersion(await membersPage()), 200),
  );
  app.get('/feed.xml', async context =>
    context.body(feedOf(await membersPage(), new URL(context.req.url).origin), 200, {
      'content-type': 'application/rss+xml; charset=utf-8',
    }),
  );
  const paywallPage = async (name: string) => {
    const text = await pageIn(here('pages'), 'paywall.html', here('pages/parts'));
    return withStory(text ?? '', here('pages/stories'), name);
  };
  const gift = giftRoutes(pass, ledger, secrets, {
    async show(context, message) {
      const text = await pageIn(here('pages'), 'gift.html', here('pages/parts'));
      return html(
        context,
        (text ?? '').replace('<!-- gift -->', () => message),
        200,
      );
    },
    async headline(path) {
      const text = path === '/members.html' ? membersPage() : paywallPage(path.slice(1));
      return /<h1>(.*?)<\/h1>/.exec(await text)?.[1] ?? path;
    },
  });
  app.get('/gift', gift.page);
  app.post('/gift', gift.give);
  app.get('/gift/check', gift.check);

  app.get('/gallery.html', async context => {
    const text = await pageIn(here('pages'), 'gallery.html', here('pages/parts'));
    const gallery = renderGallery(new URL(context.req.url).searchParams);
    return html(
      context,
      (text ?? '').replace('<!-- gallery -->', () => gallery),
      200,
    );
  });
  app.get('/gallery/state', async context => {
    const text = await pageIn(here('pages'), 'gallery-state.html', here('pages/parts'));
    const sheets = themes
      .filter(theme => theme !== 'default')
      .map(theme => `<link rel="stylesheet" href="/themes/${theme}.css" data-theme="${theme}">`);
    return html(context, (text ?? '').replace('<!-- themes -->', sheets.join('')), 200);
  });
  app.get('/gallery/checkout/:session', context =>
    context.json({
      state: context.req.param('session') === 'unpaid' ? 'open' : 'complete',
      frequency: 'monthly',
      amount: {minor: 500, currency: 'USD'},
    }),
  );
  app.get('/', context => page(context, here('pages'), 'index.html'));
  app.get('/mail', async context => {
    const text = await pageIn(here('pages'), 'mail.html', here('pages/parts'));
    const mails = await mailsAsHtml(outbox);
    return html(
      context,
      (text ?? '').replace('<!-- mails -->', () => mails),
      200,
    );
  });
  app.get('/spa', context => context.redirect('/spa/'));
  app.get('/spa/*', context => page(context, here('spa'), 'index.html'));
  app.get('/:name{paywall-[2-6]\\.html}', async context =>
    html(context, await paywallPage(context.req.param('name')), 200),
  );
  app.get('/:name{[a-z-]+\\.html}', context =>
    page(context, here('pages'), context.req.param('name')),
  );
  app.notFound(missing);
  return app;
}

async function page(context: Context, folder: string, name: string): Promise<Response> {
  const text = await pageIn(folder, name, here('pages/parts'));
  return text === undefined ? missing(context) : html(context, text, 200);
}

async function missing(context: Context): Promise<Response> {
  const text = await pageIn(here('pages'), '404.html', here('pages/parts'));
  return html(context, text ?? 'Not found', 404);
}

function html(context: Context, text: string, status: 200 | 404): Response {
  const {path} = context.req;
  const page = text
    // Like a site that pastes the snippet into its template.
    .replace('<!-- guard -->', antiFlickerSnippet().html)
    .replace('</head>', buildMark ? `${reloadScript}</head>` : '</head>')
    .replace(/<nav class="sections"[^]*?<\/nav>/, sections =>
      sections.replace(`href="${path}"`, `$& aria-current="page"`),
    );
  return context.html(page, status, {
    'cache-control': 'no-cache',
    'content-security-policy': policyOf(context.req.path),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
  });
}
