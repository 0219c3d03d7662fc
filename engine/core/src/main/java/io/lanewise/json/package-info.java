/** JSON files as values that know where they stand, with vocabularies kept small. */
package io.lanewise.json;
