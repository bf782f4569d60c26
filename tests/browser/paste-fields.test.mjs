import { testEveryPlace } from './every-place.mjs';
import { fields } from './places.mjs';
import { onEachBrowser } from './suite.mjs';

onEachBrowser((stage) => testEveryPlace(stage, fields, 'T14 '));
