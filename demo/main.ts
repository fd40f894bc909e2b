import {buildDemo} from './build.js';
import {startDemo} from './server.js';

await buildDemo();
const demo = await startDemo({
  port: Number(process.env['PORT'] ?? 8080),
  host: process.env['HOST'] ?? 'localhost',
});
console.info(`The Harbour Post is out: ${demo.site}

  ${demo.site}/article.html      an appeal in an article
  ${demo.site}/dialog.html       one in a dialog
  ${demo.site}/support.html      the form alone
  ${demo.site}/paywall.html      five free stories a month
  ${demo.site}/members.html      a story that stays on the server
  ${demo.site}/experiment.html   two versions of an appeal
  ${demo.site}/gallery.html      every element in every state
  ${demo.site}/state.html        what this browser remembers, and what follows
`);
if (!demo.fake && !process.env['STRIPE_WEBHOOK_SECRET']) {
  console.warn('STRIPE_WEBHOOK_SECRET is not set, so the webhooks of Stripe will be refused.');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void demo.stop().then(() => process.exit(0));
  });
}
