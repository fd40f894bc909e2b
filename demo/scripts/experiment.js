import {start, tell} from 'reader-support';

// Before `start()`, so that it hears of the exposure.
tell({events: '/companion/events'});
start({
  campaigns: '/support/experiment.json',
  load: () => import('reader-support/define/all'),
});
