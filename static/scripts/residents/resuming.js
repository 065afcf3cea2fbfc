// A form that was kept while its user signed in again goes back to its page by itself.

import { enhance } from "../common/enhance.js";

enhance("form[data-send-at-once]", (form) => form.requestSubmit());
