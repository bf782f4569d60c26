// Imported before the library, which takes the constructor as it then is.

import { limitMemory } from './limits';

limitMemory();
