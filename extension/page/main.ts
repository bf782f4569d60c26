// Runs in the page's own world, before any page script, in every frame: only what has to be done there and nowhere else.

import './rearm';
import './clipboard';
import './handles';
