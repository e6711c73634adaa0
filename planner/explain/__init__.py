"""Why a plan is as it is: what limits it, what caused a shortfall, and what would remove it.

Everything rests on the prices of the levels (`prices`): what one unit more of a limit changes at
the level where it first matters. Those are one-sided where a plan has several ways to be best, so
`trials` can solve again with one thing changed; that is what makes a statement certain.

`explained` puts the whole explanation together; `plan_explainer` and `workbook_questions` answer
one question. In packages: `causes` of a shortfall, its `remedies`, the `origins` of a figure,
`wishes` and the nearest plan, and the `wording` of it all.
"""
