/** Who may import whom. The reasons are in docs/adr/0001 and docs/architecture.md. */
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const TESTS = '\\.test\\.tsx?$|^shared/testing/';

module.exports = {
  forbidden: [
    forbid('no-cycles', 'A cycle has no first thing to read.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    forbid(
      'shared-is-pure',
      'shared runs in a page, a terminal and the engine alike: no Node, no other room.',
      { path: '^shared/', pathNot: TESTS },
      { path: '^(electron|renderer|e2e|scripts|bench)/' },
    ),
    forbid(
      'shared-has-few-dependencies',
      'shared imports zod and the protobuf runtime only.',
      { path: '^shared/', pathNot: TESTS },
      {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core', 'npm-no-pkg', 'unknown'],
        pathNot: 'node_modules/(zod|@bufbuild/protobuf)/',
      },
    ),
    forbid(
      'layers-are-a-star',
      'No layer knows another: what two share goes to the group’s _helpers.',
      { path: '^shared/layers/[^/]+/[^_][^/]*\\.ts$', pathNot: TESTS },
      { path: '^shared/layers/[^/]+/[^_][^/]*\\.ts$', pathNot: '^shared/layers/[^/]+/_' },
    ),
    forbid(
      'program-knows-no-export',
      'The compiler is used by exports, not the other way round.',
      { path: '^shared/program/', pathNot: TESTS },
      { path: '^shared/export/' },
    ),
    forbid(
      'engine-is-alone',
      'The engine’s process holds no project file and no setting.',
      { path: '^electron/engine/', pathNot: TESTS },
      { path: '^electron/(services|main|preload|web|cli)/' },
    ),
    forbid(
      'services-are-plain-node',
      'Services run in three hosts: no electron, no TensorFlow, no host.',
      { path: '^electron/services/', pathNot: TESTS },
      { path: '^electron/(engine|main|preload|web|cli)/|node_modules/(electron|@tensorflow|onnxruntime-node)/' },
    ),
    forbid(
      'images-know-nobody',
      'Images are read for the engine and for services, by neither’s code.',
      { path: '^electron/images/', pathNot: TESTS },
      { path: '^electron/(engine|services|main|preload|web|cli)/' },
    ),
    forbid(
      'system-knows-nobody',
      'What the operating system tells is read for the engine and for services, by neither’s code.',
      { path: '^electron/system/', pathNot: TESTS },
      { path: '^(electron/(engine|services|images|main|preload|web|cli)|shared|renderer)/' },
    ),
    forbid(
      'electron-only-in-main',
      'Only the main process and the preload import electron.',
      { path: '^(electron|renderer|shared)/', pathNot: '^electron/(main|preload)/' },
      { path: 'node_modules/electron/' },
    ),
    forbid(
      'hosts-do-not-meet',
      'Hosts share services, not each other (the terminal starts the web host).',
      { path: '^electron/(main|web)/', pathNot: TESTS },
      { path: '^electron/cli/' },
    ),
    forbid(
      'page-knows-no-node',
      'The page talks to its host through the contract only.',
      { path: '^renderer/' },
      { path: '^electron/|node_modules/(electron|@tensorflow|onnxruntime-node)/' },
    ),
    forbid('page-has-no-core-modules', 'The page has no Node.', { path: '^renderer/', pathNot: TESTS }, { dependencyTypes: ['core'] }),
    forbid(
      'react-flow-only-in-canvas',
      'One room knows the canvas library, so that it can be replaced.',
      { path: '^renderer/', pathNot: '^renderer/canvas/' },
      { path: 'node_modules/@xyflow/' },
    ),
    forbid(
      'ui-knows-no-app',
      'Small parts are reusable because they know nothing of the app.',
      { path: '^renderer/ui/' },
      { path: '^renderer/(state|host|commands|panels|canvas|app)/|^shared/(layers|document|infer|program)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)out/|/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
