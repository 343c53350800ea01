/** The packaged program: a folder that runs and a tar.gz of it. Native modules lie outside the archive. */
const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses');
const { join } = require('node:path');

const platforms = ['linux', 'darwin', 'win32'].filter((name) => name !== process.platform);

module.exports = {
  appId: 'org.skipwire.app',
  productName: 'Skipwire',
  directories: { output: 'dist' },
  files: [
    'package.json',
    'out/node/**/*',
    'out/renderer/**/*',
    'assets/**/*',
    '!**/*.map',
    '!node_modules/@tensorflow/tfjs-node/deps/include/**',
    '!node_modules/@tensorflow/tfjs-node/{binding,src,build,scripts,python}/**',
    '!node_modules/@tensorflow/tfjs/dist/**/*.map',
    ...platforms.map((name) => `!node_modules/onnxruntime-node/bin/napi-v*/${name}/**`),
  ],
  asar: true,
  asarUnpack: [
    '**/node_modules/@tensorflow/tfjs-node/**',
    '**/node_modules/onnxruntime-node/**',
    '**/node_modules/sharp/**',
    '**/node_modules/@img/**',
  ],
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,
  ...(process.env.ELECTRON_OVERRIDE_DIST_PATH ? { electronDist: process.env.ELECTRON_OVERRIDE_DIST_PATH } : {}),
  fileAssociations: [
    {
      ext: 'skip.json',
      name: 'Skipwire network',
      description: 'Skipwire network',
      mimeType: 'application/vnd.skipwire+json',
      role: 'Editor',
    },
  ],
  // What a desktop needs to know the files by; see packaging/linux/README.md.
  extraFiles: process.platform === 'linux' ? [{ from: 'packaging/linux', to: 'share' }] : [],
  linux: { target: ['dir'], category: 'Development', executableName: 'skipwire' },
  mac: { target: ['dir'] },
  win: { target: ['dir'] },
  publish: null,
  /** What an attacker with the user's rights could switch on is switched off in the binary itself. */
  async afterPack({ appOutDir, electronPlatformName, packager }) {
    const name = packager.appInfo.productFilename;
    const file = { darwin: `${name}.app`, win32: `${name}.exe` }[electronPlatformName] ?? 'skipwire';
    await flipFuses(join(appOutDir, file), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: electronPlatformName !== 'linux',
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
  },
};
