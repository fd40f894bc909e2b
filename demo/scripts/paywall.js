// The paywall, as a site bundles it that imports the package.
import 'reader-support/define/support-paywall';
