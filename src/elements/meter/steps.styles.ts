import {css, type CSSResult} from 'lit';

/** Styles a line with the steps before it. */
export const stepsStyles: CSSResult = css`
  .steps {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.8em;
    line-height: 1.45;
  }
  .steps p {
    flex: 1 1 12em;
    font-size: 0.9375em;
  }
  span[part='bar'] {
    display: flex;
    gap: 3px;
  }
  i,
  progress {
    box-sizing: border-box;
    inline-size: 1.35em;
    block-size: 8px;
    border: 1px solid;
    border-radius: 1px;
  }
  progress {
    appearance: none;
    inline-size: 8em;
    background: none;
    overflow: hidden;
  }
  ::-webkit-progress-bar {
    background: none;
  }
  ::-webkit-progress-value {
    background-color: currentColor;
  }
  ::-moz-progress-bar {
    background-color: currentColor;
  }
  .read {
    background-color: currentColor;
  }
  /* Beside the words there is no room, and a second line would move the page. */
  @media (max-width: 30em) {
    [part='bar'] {
      position: absolute;
      inset: auto 0 -3px;
      inline-size: auto;
    }
    i,
    progress {
      flex: 1;
      block-size: 4px;
    }
  }
  @media (forced-colors: active) {
    i,
    progress {
      forced-color-adjust: none;
      color: CanvasText;
    }
  }
`;
