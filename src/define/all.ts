import './support-appeal.js';
import './support-ask.js';
import './support-meter.js';
import './support-paywall.js';
import './support-thanks.js';
