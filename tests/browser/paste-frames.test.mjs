import { testEveryPlace } from './every-place.mjs';
import { frames } from './places.mjs';
import { onEachBrowser } from './suite.mjs';

onEachBrowser((stage) => testEveryPlace(stage, frames, 'T07 '));
