import './support-appeal.js';
import './support-ask.js';
import './support-thanks.js';
