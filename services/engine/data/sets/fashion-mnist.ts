/**
 * Fashion-MNIST: 70,000 pictures of clothes, 28 x 28, grey.
 *
 * Source: Xiao, Rasul & Vollgraf 2017, "Fashion-MNIST: a novel image dataset for benchmarking machine learning
 * algorithms"; MIT licence. Class names as in the publisher's README.
 */
import { debianPackage } from '../sources/debian-package.ts';
import { folderSource } from '../sources/folder.ts';
import { publisher } from '../sources/publisher.ts';
import type { PublishedSet } from './published-set.ts';

export const fashionMnist: PublishedSet = {
  name: 'fashion-mnist',
  classNames: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  files: {
    trainingImages: {
      name: 'train-images-idx3-ubyte',
      bytes: 47_040_016,
      sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    },
    trainingLabels: {
      name: 'train-labels-idx1-ubyte',
      bytes: 60_008,
      sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
    testImages: {
      name: 't10k-images-idx3-ubyte',
      bytes: 7_840_016,
      sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    },
    testLabels: {
      name: 't10k-labels-idx1-ubyte',
      bytes: 10_008,
      sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  },
  sources: [
    folderSource('the installed Debian package dataset-fashion-mnist', '/usr/share/datasets/fashion-mnist'),
    debianPackage('dataset-fashion-mnist', 'usr/share/datasets/fashion-mnist'),
    publisher('https://fashion-mnist.s3.eu-central-1.amazonaws.com/'),
    publisher('https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/'),
  ],
};
