"""The walk from plan to plan, compiled to machine code.

``tables`` holds what a term's candidates are, ``state`` a plan in the making over them, both as flat arrays. The other
modules are small functions over these two, compiled once and kept on disk (see ``compiler``). Nothing outside this
package needs to know more than ``walker.Walker``.
"""
