/** Exports the companion: the part of the kit that holds the secrets. Built on web standards. */

import {Hono} from 'hono';
import {hasUntoldProxy, type Connection, type Env} from './http/address.js';
import {accessRoutes} from './passes/access.js';
import {checkoutRoutes} from './checkout/checkout.js';
import {openServices} from './passes/services.js';
import {eventsRoute} from './events/events.js';
import {metrics as makeMetrics, routeOf} from './http/metrics.js';
import {operationRoutes, type TokenCheck} from './http/operations.js';
import {companionVersion, requireSameVersion} from './config/require-same-version.js';
import {checkOptions, type SupportServerOptions} from './config/options.js';
import {duringRequest, requestIdOf} from './http/current-request.js';
import type {LogEntry} from './http/settings.js';
import {corsHeaders} from './http/origin.js';
import {type Cors, route} from './http/route.js';
import {portalRoutes} from './passes/portal.js';
import {Problem, problemResponse} from './http/problem.js';
import {readerRoute} from './http/durable-reader.js';
import {receiver} from './gifts/receive.js';
import {readMailAddress} from './mail/mail-address.js';
import {tokenCheck, type GuessedToken} from './limits/index.js';
import {reminderRoutes} from './mail/reminders.js';
import {retentionJob} from './database/retention.js';
import {privacyRequestsOf, type PrivacyRequests} from './database/privacy-requests.js';
import type {Job} from './database/jobs.js';
import type {EventOutcome} from './gifts/gift-store.js';
import {reportJobs} from './events/report-job.js';
import {historyRoute} from './events/history-route.js';
import {reportRoute} from './events/report-route.js';
import {openPayments} from './stripe/payments.js';
import {readEvent} from './gifts/webhook-facts.js';
import {webhookRoute} from './gifts/webhook.js';
import {versionNotice, webhookVersionJob} from './gifts/webhook-version.js';

export {forBun, forDeno, forWorkers, type WorkerHandler} from './http/adapters.js';
export type {Connection} from './http/address.js';
export type {PageBrand} from './http/page-brand.js';
export type {MailOptions, PassOptions} from './config/contact-options.js';
export type {MailTransport, OutgoingMail} from './mail/mail-transport.js';
export {generatePassKey, publicPassKeys, type PassKey} from './passes/pass-token.js';
export {d1, type D1} from './database/d1.js';
export type {EventOptions, ToldEvent} from './events/events.js';
export {eventNamesOf, type EventNames} from './events/row-budget.js';
export {
  eventRetention,
  type EventGroup,
  type EventRetention,
  type EventStore,
  type EventSum,
  type Exposure,
} from './events/event-store.js';
export {turnstile, type HumanCheck, type TurnstileOptions} from './checkout/human-check.js';
export type {CheckoutRequest, CheckoutUi} from './checkout/intent.js';
export {storeLimiter, type Attempts, type LimitStore} from './limits/limit-store.js';
export {slidingWindow, type Limit, type Limiter} from './limits/limiter.js';
export type {ExperimentData} from './events/experiment-data.js';
export type {Look, LookStore} from './events/look-store.js';
export type {NoticeStore} from './events/notice-store.js';
export type {ReportNotice} from './events/notices.js';

export {currencyOf, experimentsOf} from './events/experiments-of.js';
export type {ReportOptions} from './events/report-route.js';
export {countsOf} from './events/experiment-data.js';
export type {SupportServerOptions} from './config/options.js';
export type {CurrentRequest} from './http/current-request.js';
export type {PoolFigures} from './http/metrics.js';
export type {LogLine} from './http/log-lines.js';
export type {LogEntry, Suspicion} from './http/settings.js';
export type {StripeKey} from './stripe/payments.js';
export {
  openDatabase,
  type Database,
  type OpenOptions,
  type ReadyDialect,
} from './database/database.js';
export {sqlStore, type SqlStore, type SqlStoreOptions} from './sql-store.js';
export type {EventClaim, EventOutcome, FactOf, GiftStore} from './gifts/gift-store.js';
export type {Store} from './config/store.js';
export {runJobs, type Job, type Turn} from './database/jobs.js';
export type {ErasedRows, PersonalRows, PrivacyRequests} from './database/privacy-requests.js';
export type {Person, RetentionPolicy} from './database/retention-policy.js';
export type {Tables} from './database/tables.js';
export type {EventTables} from './events/event-tables.js';
export type {ArticleGiftTables} from './gate/article-gift-tables.js';
export type {ChosenAmount} from './gifts/sql-chosen-amounts.js';
export type {GiftTables} from './gifts/gift-tables.js';
export type {LimitTables} from './limits/limit-tables.js';
export type {MailTables} from './mail/mail-tables.js';
export type {PassTables} from './passes/pass-tables.js';
export type {CheckoutStanding} from './stripe/payments.js';
export type {Gift, GiftFact, GiftRefund, GiftSource, Subscription} from 'reader-support/core';

export interface SupportServer {
  /**
   * Answers a request; never rejects. `connection` carries the caller's address where the runtime
   * knows it: without one only the global limits apply.
   */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** Resolves with the body of `GET /metrics`, for serving it on a port of your own; empty where nothing is counted. */
  metrics(): Promise<string>;
  /** Resolves when everything received so far is stored. Await it before the process exits. */
  settled(): Promise<void>;
  /**
   * Fetches an event of the last thirty days from Stripe and processes it, even if that was done before.
   * Rejects when Stripe or the store cannot be reached, or Stripe has no such event.
   */
  replay(eventId: string): Promise<EventOutcome>;
  /** Recurring jobs; pass them to `runJobs()`. */
  readonly jobs: readonly Job[];
  /** Answers people who ask what is stored about them, or ask to be erased. */
  readonly privacyRequests: PrivacyRequests;
}

/**
 * Creates the companion. Throws a `TypeError` on a set-up that would fail later: a publishable key, a
 * live key without `allowLive`, a blank webhook secret, no site.
 */
export function createSupportServer(options: SupportServerOptions): SupportServer {
  requireSameVersion();
  const checked = checkOptions(options);
  const metrics = makeMetrics(checked.store.pool);
  const log = (entry: LogEntry) => {
    metrics.count('problems', `${entry.at}/${entry.problem}`);
    checked.log(entry);
  };
  const settings = {...checked, log};
  const {origins} = settings;
  const payments = openPayments(settings);
  const services = openServices(settings);
  const passService = services.passes?.passService;
  const checkout = checkoutRoutes(settings, payments, passService);
  const receive = receiver(settings, payments, passService);
  const noteVersion = versionNotice(settings);

  const events = eventsRoute(settings, metrics);
  const isToken = tokenCheck(settings);
  const isTokenOf =
    (what: GuessedToken): TokenCheck =>
    (context, given, token) =>
      isToken(context.req.raw, context.env, what, given, token);
  const operations = operationRoutes(
    {...settings, version: companionVersion},
    metrics,
    isTokenOf('metrics'),
  );
  const access = accessRoutes(settings, services);
  const portal = portalRoutes(settings, services, payments);
  const reminders = reminderRoutes(settings, services);

  const app = new Hono<Env>().basePath(settings.basePath || '/');
  const corsGet: Cors = {origins, method: 'GET'};
  const corsPost: Cors = {origins, method: 'POST'};
  const corsPut: Cors = {origins, method: 'PUT'};
  route(app, '/checkout', {POST: checkout.create}, corsPost);
  route(app, '/checkout/:id', {GET: checkout.look}, corsGet);
  route(app, '/webhook', {POST: webhookRoute(settings, receive, noteVersion)});
  route(app, '/access', {GET: access.check}, corsGet);
  route(app, '/access/restore', {GET: access.ask, POST: access.send}, corsPost);
  route(app, '/access/restore/:token', {GET: access.enter, POST: access.use});
  route(app, '/portal', {GET: portal.look, POST: portal.open}, corsPost);
  route(app, '/reminders', {POST: reminders.ask}, corsPost);
  route(app, '/reminders/:token', {GET: reminders.look, POST: reminders.act});
  if (events) route(app, '/events', {POST: events.take}, corsPost);
  route(app, '/reader', {PUT: readerRoute(settings)}, corsPut);
  app.get('/health', operations.health);
  app.get('/ready', operations.ready);
  app.get('/metrics', operations.metrics);
  app.get('/doctor', operations.doctor);
  const report = reportRoute(settings, settings.report, isTokenOf('report'));
  if (report) app.get('/report', report);
  const history = historyRoute(settings.report, isTokenOf('report'));
  if (history) app.get('/report/history', history);

  app.notFound(() => problemResponse(new Problem(404, 'not-found')));
  app.onError((error, context) => {
    const known = error instanceof Problem;
    if (!known) log({at: 'companion', problem: 'failed', detail: {type: error.name}});
    const response = problemResponse(known ? error : new Problem(500, 'provider-down'));
    for (const [name, value] of Object.entries(corsHeaders(context.req.raw, origins)))
      response.headers.set(name, value);
    return response;
  });

  let hasWarned = false;
  return {
    async fetch(request, connection = {}) {
      const began = performance.now();
      const {pathname} = new URL(request.url);
      const route = routeOf(pathname, settings.basePath);
      const current = {id: requestIdOf(request), route};
      connection.heard?.(current);
      const response = await duringRequest(current, async () => {
        // The command `doctor` forwards for itself.
        const isDoctor = pathname === `${settings.basePath}/doctor`;
        if (!hasWarned && !isDoctor && hasUntoldProxy(request, settings.trustedHops)) {
          hasWarned = true;
          log({at: 'companion', problem: 'untold-proxy', detail: {option: 'trustedHops'}});
        }
        return await app.fetch(request, connection);
      });
      response.headers.set('x-request-id', current.id);
      metrics.answered(route, response.status, (performance.now() - began) / 1000);
      return response;
    },
    metrics: async () => (await metrics.text()) ?? '',
    settled: async () => await events?.settled(),
    async replay(eventId) {
      const event = readEvent(await payments.event(eventId));
      const outcome = event ? await receive(event, 'again') : 'unreadable';
      return outcome === 'done' ? 'written' : outcome;
    },
    jobs: [
      retentionJob(settings),
      ...services.jobs,
      ...reportJobs(settings),
      webhookVersionJob(settings, payments, noteVersion),
    ],
    privacyRequests: privacyRequestsOf({
      store: settings.store,
      secrets: settings.secrets,
      payments,
      keyOf: address => readMailAddress(address)?.key,
    }),
  };
}
