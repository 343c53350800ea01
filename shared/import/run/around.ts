/** Modules of the frameworks that hold no layers. */
const MODULES = /(?:^|\.)(?:optim|optimizers|losses|callbacks|metrics|datasets|transforms)\./;
/** What is imported beside them. */
const OTHERS = /^(?:plt|np|pd|sns|os|time|math|random|sklearn)\./;
/** Classes that train, measure or feed a network, by the last part of their names. */
const CLASSES =
  /(?:^|\.)(?:\w*Loss|\w*Crossentropy|\w*Scheduler|\w+LR|\w*Dataset|\w*DataLoader|\w*DataGenerator|\w*Scaler|LabelEncoder|OneHotEncoder|Tokenizer|Adam|AdamW|Adamax|SGD|RMSprop|Adagrad|Adadelta|Nadam|EarlyStopping|ModelCheckpoint|ReduceLROnPlateau|TensorBoard|Path)$/;

/** Whether a name is of the code around a network: it makes no layer, and what it is called with goes no further. */
export function isAround(path: string): boolean {
  return [MODULES, OTHERS, CLASSES].some((pattern) => pattern.test(path));
}
