// A field that Vue controls, as a template with `v-model` is compiled.
import { createApp, h, ref, vModelText, withDirectives } from 'vue';

const text = ref('');
createApp({
  setup: () => () =>
    withDirectives(
      h('textarea', {
        id: 'field',
        'onUpdate:modelValue': (value) => {
          text.value = value;
        },
      }),
      [[vModelText, text.value]],
    ),
}).mount('#root');

globalThis.editor = {
  get: () => text.value,
};
