/** The main job, to be watched: every kind of layer on recorded files and at the paper's size, beside naive loops. */
package io.lanewise.bench.demo;
