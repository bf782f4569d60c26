// The last net: what a page sends waits until it is known that no key is in it. Runs in the page's own world, before any page script, and
// only at sites for which it was turned on; see background/net.ts. What it cannot see is in docs/known-gaps.md.
//
// Nothing is decided here: each way out puts the same question to our isolated world.

import { offerChannel } from '../channel';
import './fetch';
import './xhr';
import './beacon';
import './socket';
import './form';

offerChannel();
