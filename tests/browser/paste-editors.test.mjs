import { testEveryPlace } from './every-place.mjs';
import { editors } from './places.mjs';
import { onEachBrowser } from './suite.mjs';

onEachBrowser((stage) => testEveryPlace(stage, editors));
