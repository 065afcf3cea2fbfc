// Starts what pages of residents and teachers may hold: nothing of the desk.

import "htmx.org";
import "./common/announce.js";
import "./common/closing.js";
import "./common/focus.js";
import "./common/folds.js";
import "./common/search.js";
import "./common/sending.js";
import "./residents/locate.js";
import "./residents/resuming.js";
