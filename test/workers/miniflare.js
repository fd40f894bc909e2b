/** Provides Cloudflare's runtime, workerd. Installs its packages, which no other test needs. */

import {installPackages} from '../../build/install-missing.js';

installPackages('test/workers/');

export const {Miniflare} = await import('miniflare');
