// Colours and widths have one home each: tokens.css and breakpoints.css. What wins is decided by layers, not by force.

export default {
  extends: "stylelint-config-standard",
  reportDescriptionlessDisables: true,
  reportNeedlessDisables: true,
  reportInvalidScopeDisables: true,
  rules: {
    "color-named": "never",
    "color-no-hex": true,
    "declaration-no-important": true,
    "function-disallowed-list": [/^(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?$/u],
    "max-nesting-depth": 2,
    "media-feature-name-disallowed-list": [/width$/u, /height$/u, "pointer", "prefers-reduced-motion"],
    // Known to the oldest browsers that we serve, unlike comparisons.
    "media-feature-range-notation": "prefix",
    // Compares selectors that never meet at one element as well.
    "no-descending-specificity": null,
    "selector-max-id": 0,
    "selector-max-universal": 1,
    "selector-max-specificity": "0,5,2",
    "selector-no-qualifying-type": [true, { ignore: ["attribute", "class"] }],
    "value-keyword-case": ["lower", { ignoreKeywords: ["A4"] }],
  },
  overrides: [
    {
      files: ["**/tokens.css"],
      rules: { "color-no-hex": null, "custom-property-empty-line-before": null, "function-disallowed-list": null },
    },
    {
      files: ["**/breakpoints.css"],
      rules: { "media-feature-name-disallowed-list": null },
    },
    {
      files: ["**/utilities.css", "**/print.css"],
      rules: { "declaration-no-important": null },
    },
  ],
};
