/** What is to be computed: a small closed set of ops on values with symbolic lengths. */
package io.lanewise.graph;
