"""The tables of the workbook: how each is declared, what stands in it, and what may be solved.

Declarations stand by subject (`location`, `people`, `streams`, `settings`, `pins`); `recognise`,
`typed` and `values` read them, `case` makes of them what may be solved. In packages: `checks` on
what is read, `suspicious` for what is hardly meant, `personal_data` that is refused, `scenarios`.
"""
