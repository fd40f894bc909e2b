/** Answers the runner's `send-keys` command where its own plugin knows no way. */

export function sendKeysInWebDriver(launcher) {
  return {
    name: 'send-keys-in-webdriver',
    async executeCommand({command, payload, session}) {
      if (command !== 'send-keys' || session.browser !== launcher) return undefined;
      await launcher.sendKeys(session.id, payload);
      return true;
    },
  };
}
