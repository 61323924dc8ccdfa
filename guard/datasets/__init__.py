"""Data sets at any scale: files to sources, sources to units, units to rows, rows to segments.

``find`` (source) → ``plan`` (units) → ``Pool.map`` (pool) over a kernel that calls ``read``
(reader). Nothing here is imported until it is used.
"""
