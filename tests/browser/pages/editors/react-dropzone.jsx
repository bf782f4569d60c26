import { createRoot } from 'react-dom/client';
import { useDropzone } from 'react-dropzone';

globalThis.taken = [];

function Zone() {
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    onDrop: async (files) => {
      for (const file of files) globalThis.taken.push({ name: file.name, text: await file.text() });
    },
  });
  return (
    <div {...getRootProps({ id: 'zone', style: { width: 400, height: 200 } })}>
      <input {...getInputProps({ id: 'chosen' })} />
      {isDragActive ? 'over' : 'Drop here'}
    </div>
  );
}

createRoot(document.querySelector('#root')).render(<Zone />);
